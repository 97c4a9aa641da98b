/* Who, when and what of documents of many places: covers, owners over tables and titles → name, scope, year, kind, region. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "extract.h"
#include "names.h"
#include "record.h"

enum { BUDGET, FINAL };

typedef struct {
    const char *cover; /* lines parted by |          */
    const char *owner; /* printed over the tables    */
    const char *title; /* of a table of expenditures */
    const char *name;
    int scope; /* SCOPE_UNKNOWN: not asked   */
    int year, kind;
    const char *region;
} Identity;

static const Identity identities[] = {
    {"泉州市生态环境局2025年度部门预算", "", "支出预算总表", "泉州市生态环境局", SCOPE_DEPARTMENT, 2025, BUDGET, "350500"},
    {"2025年度|泉州市生态环境局部门预算", "", "支出预算总表", "泉州市生态环境局", SCOPE_DEPARTMENT, 2025, BUDGET, "350500"},
    {"长沙市财政局2024年部门预算公开目录", "部门：长沙市财政局", "部门支出总表", "长沙市财政局", SCOPE_DEPARTMENT, 2024, BUDGET, "430100"},
    {"附件1|佛山市禅城区审计局2019年度部门决算", "部门：佛山市禅城区审计局", "支出决算表", "佛山市禅城区审计局", SCOPE_DEPARTMENT, 2019, FINAL, "440604"},
    {"珠海市香洲区前山街道办事处2023年部门预算", "", "支出总表", "珠海市香洲区前山街道办事处", SCOPE_DEPARTMENT, 2023, BUDGET, "440402"},
    {"中共珠海市委宣传部|2026年部门预算", "", "支出总表", "中共珠海市委宣传部", SCOPE_DEPARTMENT, 2026, BUDGET, "440400"},
    {"国家信访局|2024年度|部门决算", "部门：国家信访局", "支出决算表", "国家信访局", SCOPE_DEPARTMENT, 2024, FINAL, NULL},
    {"国家信访局2024年度部门决算", "部门：国家信访局", "支出决算表", "国家信访局", SCOPE_DEPARTMENT, 2024, FINAL, NULL},
    {"湖州市人民代表大会常务委员会办公室2026年部门预算", "", "支出预算总表", "湖州市人民代表大会常务委员会办公室", SCOPE_DEPARTMENT, 2026, BUDGET, "330500"},
    {"政协湖州市委员会办公室2026年部门预算", "", "支出预算总表", "政协湖州市委员会办公室", SCOPE_DEPARTMENT, 2026, BUDGET, "330500"},
    {"中国人民政治协商会议湖州市委员会办公室|2026年部门预算", "", "支出预算总表", "中国人民政治协商会议湖州市委员会办公室", SCOPE_DEPARTMENT, 2026, BUDGET,
     "330500"},
    {"共青团杭州市委员会2026年部门预算", "", "支出预算总表", "共青团杭州市委员会", SCOPE_DEPARTMENT, 2026, BUDGET, "330100"},
    {"中国共产主义青年团杭州市委员会2026年部门预算", "", "支出预算总表", "中国共产主义青年团杭州市委员会", SCOPE_DEPARTMENT, 2026, BUDGET, "330100"},
    {"杭州市总工会2026年部门预算", "", "支出预算总表", "杭州市总工会", SCOPE_DEPARTMENT, 2026, BUDGET, "330100"},
    {"浙江省杭州市气象局2026年部门预算", "", "支出预算总表", "浙江省杭州市气象局", SCOPE_DEPARTMENT, 2026, BUDGET, "330100"},
    {"长春市第八十七中学2025年单位预算", "", "支出总表", "长春市第八十七中学", SCOPE_UNIT, 2025, BUDGET, "220100"},
    {"西安市第三医院2022年单位综合预算", "", "单位综合预算支出总表", "西安市第三医院", SCOPE_UNIT, 2022, BUDGET, "610100"},
    {"2026年杭州市公安局交通警察支队（本级）预算公开", "", "支出预算总表", "杭州市公安局交通警察支队", SCOPE_UNIT, 2026, BUDGET, "330100"},
    {"长沙市岳麓区人民法院|2024年部门预算公开", "", "支出总表", "长沙市岳麓区人民法院", SCOPE_DEPARTMENT, 2024, BUDGET, "430104"},
    {"中国共产党长沙市委员会组织部2024年部门预算", "", "支出总表", "中国共产党长沙市委员会组织部", SCOPE_DEPARTMENT, 2024, BUDGET, "430100"},
    {"中国民主同盟杭州市委员会2026年部门预算", "", "支出预算总表", "中国民主同盟杭州市委员会", SCOPE_DEPARTMENT, 2026, BUDGET, "330100"},
    {"九三学社杭州市委员会2026年部门预算", "", "支出预算总表", "九三学社杭州市委员会", SCOPE_DEPARTMENT, 2026, BUDGET, "330100"},
    {"中国国民党革命委员会杭州市委员会2026年部门预算", "", "支出预算总表", "中国国民党革命委员会杭州市委员会", SCOPE_DEPARTMENT, 2026, BUDGET, "330100"},
    {"湖北省襄阳市樊城区财政局2023年度部门决算", "", "支出决算表", "湖北省襄阳市樊城区财政局", SCOPE_DEPARTMENT, 2023, FINAL, "420606"},
    {"黔南布依族苗族自治州民政局2025年部门预算", "", "部门支出总表", "黔南布依族苗族自治州民政局", SCOPE_DEPARTMENT, 2025, BUDGET, "522700"},
    {"昆明市五华区第一幼儿园2023年度部门决算", "", "支出决算表", "昆明市五华区第一幼儿园", SCOPE_UNKNOWN, 2023, FINAL, "530102"},
    {"天津市南开区财政局（汇总）2023年度部门决算", "部门：天津市南开区财政局（汇总）", "支出决算表", "天津市南开区财政局", SCOPE_DEPARTMENT, 2023, FINAL,
     "120104"},
    {"", "部门：[123]珠海市审计局", "2023年部门支出总表", "珠海市审计局", SCOPE_DEPARTMENT, 2023, BUDGET, "440400"},
    {"", "单位名称：佛山市审计局（本级）", "2019年支出总表", "佛山市审计局", SCOPE_UNIT, 2019, BUDGET, "440600"},
    {"", "预算单位：150001-西安市应急管理局（本级）", "2022年单位支出总表", "西安市应急管理局", SCOPE_UNIT, 2022, BUDGET, "610100"},
    {"", "部门（单位）名称：贵阳市民政局", "2025年部门支出总表", "贵阳市民政局", SCOPE_DEPARTMENT, 2025, BUDGET, "520100"},
    {"", "部门/单位：湖州市公安局", "2025年部门支出预算总表", "湖州市公安局", SCOPE_DEPARTMENT, 2025, BUDGET, "330500"},
    {"", "编制单位：海口市财政局", "2024年度支出决算批复表", "海口市财政局", SCOPE_UNKNOWN, 2024, FINAL, "460100"},
    {"", "填报单位（盖章）：福州市司法局", "2026年支出总表", "福州市司法局", SCOPE_UNKNOWN, 2026, BUDGET, "350100"},
    {"《乌鲁木齐市司法局2023年度部门决算》", "部门：乌鲁木齐市司法局", "支出决算表", "乌鲁木齐市司法局", SCOPE_DEPARTMENT, 2023, FINAL, "650100"},
    {"乌鲁木齐市政务服务中心（大数据中心）2023年度单位决算公开", "单位：乌鲁木齐市政务服务中心（大数据中心）", "支出决算表",
     "乌鲁木齐市政务服务中心（大数据中心）", SCOPE_UNIT, 2023, FINAL, "650100"},
    {"安徽省黄山市屯溪区人民政府办公室2023年度部门决算", "", "支出决算表", "安徽省黄山市屯溪区人民政府办公室", SCOPE_DEPARTMENT, 2023, FINAL, "341002"},
    {"二〇二四年度湖北省随州市曾都区水利和湖泊局部门决算", "", "支出决算表", "湖北省随州市曾都区水利和湖泊局", SCOPE_DEPARTMENT, 2024, FINAL, "421303"},
    {"杭州市妇女联合会|（部门）|2026年部门预算", "", "支出预算总表", "杭州市妇女联合会", SCOPE_DEPARTMENT, 2026, BUDGET, "330100"},
    {"湖州市机关事务管理中心2026年部门预算", "", "支出预算总表", "湖州市机关事务管理中心", SCOPE_DEPARTMENT, 2026, BUDGET, "330500"},
    {"深圳市水务局（汇总）2026年部门预算", "", "部门支出总表", "深圳市水务局", SCOPE_DEPARTMENT, 2026, BUDGET, "440300"},
    {"深圳市大鹏新区坝光开发署2026年单位预算", "", "支出总表", "深圳市大鹏新区坝光开发署", SCOPE_UNIT, 2026, BUDGET, "440300"},
    {"深圳市第三人民医院（深圳市肝病研究所）2026年单位预算", "", "支出总表", "深圳市第三人民医院（深圳市肝病研究所）", SCOPE_UNIT, 2026, BUDGET, "440300"},
    {"四川省成都市武侯区玉林街道办事处2024年部门预算编制说明", "", "部门支出总表", "四川省成都市武侯区玉林街道办事处", SCOPE_DEPARTMENT, 2024, BUDGET,
     "510107"},
    {"2021年度|陕西省柞水县乾佑街道办事处部门决算", "", "支出决算表", "陕西省柞水县乾佑街道办事处", SCOPE_DEPARTMENT, 2021, FINAL, "611026"},
    {"北京市密云区巨各庄镇人民政府2025年部门预算信息公开", "", "支出预算总表", "北京市密云区巨各庄镇人民政府", SCOPE_DEPARTMENT, 2025, BUDGET, "110118"},
    {"大理白族自治州中级人民法院2022年度部门决算", "", "支出决算表", "大理白族自治州中级人民法院", SCOPE_DEPARTMENT, 2022, FINAL, "532900"},
    {"广州市第二中学2025年单位预算", "", "单位支出总表", "广州市第二中学", SCOPE_UNIT, 2025, BUDGET, "440100"},
    {"中国气象局2024年度部门决算", "", "支出决算表", "中国气象局", SCOPE_DEPARTMENT, 2024, FINAL, NULL},
    {"最高人民检察院2024年部门预算", "", "部门支出总表", "最高人民检察院", SCOPE_DEPARTMENT, 2024, BUDGET, NULL},
    {"全国妇联2024年部门预算", "", "部门支出总表", "全国妇联", SCOPE_DEPARTMENT, 2024, BUDGET, NULL},
    {"中华人民共和国审计署2023年度部门决算", "", "支出决算表", "中华人民共和国审计署", SCOPE_DEPARTMENT, 2023, FINAL, NULL},
    {"长春市人民政府国有资产监督管理委员会2025年部门预算", "", "支出总表", "长春市人民政府国有资产监督管理委员会", SCOPE_DEPARTMENT, 2025, BUDGET, "220100"},
    {"武汉市武昌区教育局（汇总）|2018年度部门决算", "", "支出决算表", "武汉市武昌区教育局", SCOPE_DEPARTMENT, 2018, FINAL, "420106"},
    {"2020年度湖南省长沙市中级人民法院部门决算", "", "支出决算表", "湖南省长沙市中级人民法院", SCOPE_DEPARTMENT, 2020, FINAL, "430100"},
    {"湛江市霞山区海头街道办事处2021年度部门决算", "", "支出决算表", "湛江市霞山区海头街道办事处", SCOPE_DEPARTMENT, 2021, FINAL, "440803"},
    {"杭州西湖风景名胜区管理委员会（杭州市园林文物局）2026年部门预算", "", "支出预算总表", "杭州西湖风景名胜区管理委员会（杭州市园林文物局）", SCOPE_DEPARTMENT,
     2026, BUDGET, "330100"},
    {"之江实验室2026年部门预算", "", "支出预算总表", "之江实验室", SCOPE_DEPARTMENT, 2026, BUDGET, NULL},
    {"重庆市渝中区人民政府南纪门街道办事处（本级）2023年度决算公开说明", "", "支出决算表", "重庆市渝中区人民政府南纪门街道办事处", SCOPE_UNIT, 2023, FINAL,
     "500103"},
    {"2024年度广东省珠海市斗门区人民检察院部门决算公开", "", "支出决算表", "广东省珠海市斗门区人民检察院", SCOPE_DEPARTMENT, 2024, FINAL, "440403"},
};

static char *
table_text(const Identity *one, const char *title)
{
    return g_strdup_printf("%s\n\n%s\t\t单位：万元\n\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n合计\t\t12.00\t7.00\t5.00\n"
                           "201\t一般公共服务支出\t12.00\t7.00\t5.00\n20103\t政府办公厅（室）及相关机构事务\t12.00\t7.00\t5.00\n"
                           "2010301\t行政运行\t7.00\t7.00\t\n2010302\t一般行政管理事务\t5.00\t\t5.00\n\n",
                           title, one->owner);
}

static GPtrArray *
records_of(const Identity *one)
{
    g_auto(GStrv) lines = g_strsplit(one->cover, "|", -1);
    g_autofree char *cover = g_strjoinv("\n\n", lines);
    g_auto(GStrv) parts = g_strsplit(one->title, "支出", 2);
    g_autofree char *second = g_strconcat(parts[0], "一般公共预算支出", parts[1], NULL);
    g_autofree char *all = table_text(one, one->title), *general = table_text(one, second);
    g_autofree char *text = g_strconcat(cover, "\n\n一、部门职责\n\n负责有关工作。\n\n", all, general, NULL);
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    g_autoptr(GError) error = NULL;
    g_autoptr(Document) document = document_new_from_bytes(bytes, "case.txt", &error);
    g_autoptr(GPtrArray) trees = g_ptr_array_new_with_free_func((GDestroyNotify) tree_free);
    g_ptr_array_add(trees, tree_new_from_document(document, &error));
    GPtrArray *records = records_new_from_trees(trees, NULL, &error);
    g_assert_no_error(error);
    return records;
}

static bool
agrees(const Identity *one, const GPtrArray *records)
{
    if (records->len != 1)
        return false;
    const Record *record = records->pdata[0];
    const Department *department = record->department;
    const char *region = department->region != NULL ? department->region->code : NULL;
    return g_strcmp0(department->name, one->name) == 0 && (one->scope == SCOPE_UNKNOWN || department->scope == one->scope) && record->year == one->year &&
           record->kind == one->kind && g_strcmp0(region, one->region) == 0;
}

static void
names_are_read(G_GNUC_UNUSED void **state)
{
    guint wrong = 0;
    for (guint i = 0; i < G_N_ELEMENTS(identities); i++) {
        const Identity *one = &identities[i];
        g_autoptr(GPtrArray) records = records_of(one);
        if (agrees(one, records))
            continue;
        wrong++;
        const Record *record = records->len > 0 ? records->pdata[0] : NULL;
        print_error("%s %s %s\n    is %u records, the first of %s %d\n", one->cover, one->owner, one->title, records->len,
                    record != NULL && record->department->name != NULL ? record->department->name : "(none)", record != NULL ? record->year : 0);
    }
    assert_int_equal(wrong, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_are_read)};
    return cmocka_run_group_tests_name("identity", tests, NULL, NULL);
}
