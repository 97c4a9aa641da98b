# gongkai: reads Chinese department budgets and final accounts as published, writes one record per department-year.
# Debian 12: pkg-config names every library; README.md names the packages. `sh run` installs them.
BUILD   ?= build
CFLAGS  ?= -O2 -g
prefix  ?= /usr/local
bindir  ?= $(prefix)/bin
mandir  ?= $(prefix)/share/man
datadir ?= $(prefix)/share
VERSION := $(shell sed -n 's/.*VERSION "\(.*\)"/\1/p' extract/version.h)

PACKAGES  = glib-2.0 gio-2.0 poppler-glib cairo libpcre2-8 libcjson libseccomp
WARNINGS  = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wformat=2 -Wno-missing-field-initializers
FLAGS    := $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
LIBRARIES:= $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lm
COMPILE   = $(CC) -std=gnu11 -DVERSION='"$(VERSION)"' $(CFLAGS) $(WARNINGS) $(EXTRA) -MMD -MP $(FLAGS) $(addprefix -I,extract parse normalize gongkai tests fuzz $(BUILD))

# V=1 shows whole command lines.
QUIET     = $(if $(V),,@)
SAY       = @$(if $(V),:,echo)

ROOMS    = extract parse normalize gongkai
SOURCES  = $(filter-out %/main.c,$(wildcard $(addsuffix /*.c,$(ROOMS))))
OBJECTS  = $(SOURCES:%.c=$(BUILD)/objects/%.o)
LINKED   = $(BUILD)/resources.o $(BUILD)/rooms.a
NAMES    = gongkai gongkai-extract gongkai-parse gongkai-normalize
PROGRAMS = $(NAMES:%=$(BUILD)/%)
DATA     = $(sort $(wildcard parse/rules/*.rules normalize/data/*.tsv normalize/data/*.rules))
# A test is a file tests/test-*.c; every other tests/*.c is linked into all of them.
TESTS    = $(patsubst %.c,$(BUILD)/%,$(sort $(wildcard tests/test-*.c)))
FED      = $(patsubst %,$(BUILD)/objects/fuzz/%.o,boundaries skeleton)
HELPERS  = $(patsubst %.c,$(BUILD)/objects/%.o,$(filter-out tests/test-%,$(wildcard tests/*.c)))

all: $(PROGRAMS)
.SECONDARY:
.DELETE_ON_ERROR:

$(BUILD)/gongkai: $(BUILD)/objects/gongkai/main.o $(LINKED)
	$(SAY) LD $@
	$(QUIET)$(CC) $(CFLAGS) $(EXTRA) -o $@ $^ $(LIBRARIES)
$(BUILD)/gongkai-%: $(BUILD)/objects/%/main.o $(LINKED)
	$(SAY) LD $@
	$(QUIET)$(CC) $(CFLAGS) $(EXTRA) -o $@ $^ $(LIBRARIES)
$(BUILD)/tests/test-%: $(BUILD)/objects/tests/test-%.o $(HELPERS) $(FED) $(LINKED)
	@mkdir -p $(@D)
	$(SAY) LD $@
	$(QUIET)$(CC) $(CFLAGS) $(EXTRA) -o $@ $^ $(LIBRARIES) -lcmocka
# What lets calls of the system fail: see tests/test-faults.c.
$(BUILD)/tests/test-faults: | $(BUILD)/inject.so
$(BUILD)/inject.so: tests/preload/inject.c
	@mkdir -p $(@D)
	$(QUIET)$(CC) -std=gnu11 -O1 $(WARNINGS) -shared -fPIC -o $@ $< -ldl
# A program links what it uses of the rooms; the resources register themselves and are always in.
$(BUILD)/rooms.a: $(OBJECTS)
	$(QUIET)rm -f $@ && ar rcs $@ $^
$(BUILD)/objects/%.o: %.c
	@mkdir -p $(@D)
	$(SAY) CC $<
	$(QUIET)$(COMPILE) -c -o $@ $<
# What the mark of a result is made of, besides the rules: see gongkai/mark.h.
$(BUILD)/source.h: $(sort $(wildcard $(addsuffix /*.[ch],$(ROOMS)) extract/*.def extract/*.inc))
	@mkdir -p $(@D)
	$(QUIET)echo "#define GONGKAI_SOURCE \"$$(cat $^ | sha256sum | cut -c1-64)\"" > $@
$(BUILD)/objects/gongkai/mark.o: $(BUILD)/source.h
$(BUILD)/resources.o: $(BUILD)/resources.c
	$(QUIET)$(CC) $(CFLAGS) $(EXTRA) $(FLAGS) -c -o $@ $<
$(BUILD)/resources.c: $(BUILD)/gongkai.gresource.xml $(DATA)
	$(SAY) RES $@
	$(QUIET)glib-compile-resources --generate-source --sourcedir=. --target=$@ $<
$(BUILD)/gongkai.gresource.xml: $(DATA) Makefile
	@mkdir -p $(@D)
	$(QUIET){ echo '<gresources><gresource prefix="/gongkai">'; printf '<file>%s</file>\n' $(DATA); echo '</gresource></gresources>'; } > $@

# ---- tests: the same suite with warnings as errors, and under the sanitizers ----
check:
	+@$(MAKE) --no-print-directory BUILD=$(BUILD)-check EXTRA='$(EXTRA) -Werror' suite
asan:
	+@LSAN_OPTIONS=suppressions=$(CURDIR)/tests/leaks.supp:print_suppressions=0 $(MAKE) --no-print-directory BUILD=$(BUILD)-asan CFLAGS='-O1 -g' EXTRA='-fsanitize=address -fno-omit-frame-pointer' suite
ubsan:
	+@$(MAKE) --no-print-directory BUILD=$(BUILD)-ubsan CFLAGS='-O1 -g' EXTRA='-fsanitize=undefined -fno-sanitize-recover=undefined' suite
suite: $(PROGRAMS) $(TESTS)
	@BUILD=$(BUILD) sh tests/suite.sh $(TESTS)
# Rewrites a case's goldens and shows what changed; CASE=all for every case.
bless: $(PROGRAMS) $(BUILD)/tests/test-goldens
	@test -n "$(CASE)" || { echo 'usage: make bless CASE=name|all' >&2; exit 64; }
	@BUILD=$(BUILD) $(BUILD)/tests/test-goldens --bless "$(CASE)"
# ---- fuzzing: libFuzzer with ASan and UBSan over every boundary (fuzz/boundaries.h), TIME seconds each; needs clang ----
TIME ?= 60
FUZZ = $(shell grep -o '{"[a-z]*", feed' fuzz/boundaries.c | tr -d '{", ' | sed 's/feed//')
SANITIZED = -fsanitize=address,undefined,float-cast-overflow -fno-sanitize-recover=all -fno-omit-frame-pointer
fuzz:
	+@$(MAKE) --no-print-directory BUILD=$(BUILD)-fuzz CC=clang CFLAGS='-O1 -g' EXTRA='$(SANITIZED) -fsanitize=fuzzer-no-link' fuzzed
fuzzed: fuzzers
	@BUILD=$(BUILD) sh fuzz/run.sh $(TIME) $(FUZZ)
fuzzers: $(FUZZ:%=$(BUILD)/fuzz-%) $(BUILD)/fuzz/seeds/made
$(BUILD)/fuzz-%: $(BUILD)/fuzzer
	$(QUIET)ln -f $< $@
$(BUILD)/fuzzer: $(BUILD)/objects/fuzz/fuzzer.o $(BUILD)/objects/fuzz/mutate.o $(FED) $(LINKED)
	$(SAY) LD $@
	$(QUIET)$(CC) $(CFLAGS) $(EXTRA) -fsanitize=fuzzer -o $@ $^ $(LIBRARIES)
$(BUILD)/seeds: $(BUILD)/objects/fuzz/seeds.o $(FED) $(LINKED)
	$(SAY) LD $@
	$(QUIET)$(CC) $(CFLAGS) $(EXTRA) -o $@ $^ $(LIBRARIES)
$(BUILD)/fuzz/seeds/made: $(BUILD)/seeds $(DATA) $(wildcard corpus/*/*.pdf corpus/*/*.txt)
	$(SAY) SEEDS $(@D)
	$(QUIET)rm -rf $(@D) && LSAN_OPTIONS=detect_leaks=0 $< $(@D) $(filter-out $<,$^) && touch $@
# More than 400 files made to harm, read among good ones; needs python3 and qpdf.
hostile: $(PROGRAMS)
	@BUILD=$(BUILD) sh tests/hostile.sh $(HOSTILE)
bench: $(PROGRAMS)
	@BUILD=$(BUILD) sh tests/bench.sh $(FILES)
corpus:
	python3 corpus/build.py $(CASE)
# Tables of other fields, made anew and measured; those in tests/tables/set are a part of them.
tables: $(PROGRAMS)
	python3 tests/tables/make.py $(BUILD)/tables && python3 tests/tables/score.py --list $(BUILD)/tables

# ---- people ----
demo: $(PROGRAMS)
	@BUILD=$(BUILD) sh tests/demo.sh
format:
	clang-format -i $(wildcard $(addsuffix /*.[ch],$(ROOMS) tests tests/preload fuzz))
install: $(PROGRAMS)
	install -d $(DESTDIR)$(bindir) $(DESTDIR)$(mandir)/man1
	install $(PROGRAMS) $(DESTDIR)$(bindir)
	install -m 644 $(NAMES:%=man/%.1) $(DESTDIR)$(mandir)/man1
	install -d $(DESTDIR)$(datadir)/gongkai
	install -m 644 schema/record.schema.json $(DESTDIR)$(datadir)/gongkai
# The list of diagnostics in the manual, from their catalogue.
manual:
	@sh tests/manual.sh
clean:
	rm -rf build build-*
.PHONY: all check asan ubsan suite bless fuzz fuzzed fuzzers hostile bench corpus tables demo format install manual clean
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
