# gongkai: reads Chinese department budgets and final accounts as published, writes one record per department-year.
# Debian 12: pkg-config names every library; README.md names the packages.
BUILD   ?= build
CFLAGS  ?= -O2 -g
prefix  ?= /usr/local

PACKAGES  = glib-2.0 gio-2.0 poppler-glib cairo libpcre2-8 libcjson
WARNINGS  = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wformat=2 -Wno-missing-field-initializers
COMPILE   = $(CC) -std=gnu11 $(CFLAGS) $(WARNINGS) $(EXTRA) -MMD -MP $(shell pkg-config --cflags $(PACKAGES)) $(addprefix -I,extract parse normalize gongkai $(BUILD))
LIBRARIES = $(shell pkg-config --libs $(PACKAGES)) -lm

ROOMS    = extract parse normalize gongkai
SOURCES  = $(filter-out %/main.c,$(wildcard $(addsuffix /*.c,$(ROOMS))))
OBJECTS  = $(SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/resources.o
PROGRAMS = $(BUILD)/gongkai-extract $(BUILD)/gongkai-parse $(BUILD)/gongkai-normalize $(BUILD)/gongkai
DATA     = $(sort $(wildcard parse/rules/*.rules normalize/data/*.tsv normalize/data/*.rules))

.SECONDARY:
all: $(PROGRAMS)

$(BUILD)/gongkai: $(BUILD)/gongkai/main.o $(OBJECTS)
	$(CC) $(CFLAGS) $(EXTRA) -o $@ $^ $(LIBRARIES)
$(BUILD)/gongkai-%: $(BUILD)/%/main.o $(OBJECTS)
	$(CC) $(CFLAGS) $(EXTRA) -o $@ $^ $(LIBRARIES)
$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(COMPILE) -c -o $@ $<
$(BUILD)/resources.o: $(BUILD)/resources.c
	$(CC) $(CFLAGS) $(EXTRA) $(shell pkg-config --cflags gio-2.0) -c -o $@ $<
$(BUILD)/resources.c: $(BUILD)/gongkai.gresource.xml $(DATA)
	glib-compile-resources --generate-source --sourcedir=. --target=$@ $<
$(BUILD)/gongkai.gresource.xml: $(DATA) Makefile
	@mkdir -p $(@D)
	{ echo '<gresources><gresource prefix="/gongkai">'; printf '<file>%s</file>\n' $(DATA); echo '</gresource></gresources>'; } > $@

clean:
	rm -rf build build-*
.PHONY: all clean
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
