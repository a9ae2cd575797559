# synclass: `make run` starts a server, `make test` proves it. Nothing need be prepared.
.DEFAULT_GOAL := run
.DELETE_ON_ERROR:
.PHONY: run test check bench bench-record bench-peers proof generate clean

BIN    := .venv/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check
CLIENT := signaling/static/index.html
PARTS  := pyproject.toml $(wildcard setup.py signaling/sfu/*.c signaling/sfu/native/*.h)
# Folders count too: theirs is the only time stamp that changes where a file is deleted.
WEB    := $(shell find web -name node_modules -prune -o -name build -prune -o -type f -print) \
          $(shell find web/src -type d)
TEST    = .ci/node tests/net.sh $(BIN)/python -m pytest $(LIMIT)
T      ?=
TWO    := --numprocesses 2 --dist loadfile --no-loadscope-reorder
LIMIT  := -o faulthandler_timeout=600 -o faulthandler_exit_on_timeout=true
RTCLOAD ?= ../shared/tools/rtcload

# Each process of a test starts from what the first one compiled.
unexport PYTHONDONTWRITEBYTECODE

run: .venv/.installed $(CLIENT)
	@exec $(BIN)/synclass serve --demo

test: .venv/.dev $(CLIENT) tests/clients/node_modules/.installed
	@.ci/programs
ifeq ($(T),)
	$(TEST) $(TWO) -m "not alone and not patient"
	$(TEST) $(TWO) -m patient
	$(TEST) -m alone
else
	$(TEST) $(T)
endif

check: .venv/.dev web/node_modules/.installed
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy --strict synclass signaling recorder tests
	cd web && ../.ci/node npm run --silent check
	$(BIN)/python -m pytest tests/test_house.py

bench: .venv/.installed $(CLIENT)
	@$(BIN)/synclass bench log --json
	@$(BIN)/synclass bench ink --json
	@$(BIN)/synclass bench board --json
	@$(BIN)/synclass bench fanout --subscribers 60 --json
	@$(BIN)/synclass bench fanout --subscribers 150 --json

# An hour recorded, packed and made into films: six minutes, and a gigabyte below TMPDIR.
bench-record: .venv/.installed $(CLIENT)
	@$(BIN)/synclass bench record --json

# Beside Janus, under the load generator that lies beside the checkout (or wherever RTCLOAD is).
bench-peers: .venv/.installed
	@tests/net.sh $(BIN)/synclass bench peers --rtcload $(RTCLOAD) --subscribers 60 --subscribers 150

proof: export SYNCLASS_PROOF = 1
proof: LIMIT :=
proof: test

generate: .venv/.installed
	$(BIN)/synclass generate

clean:
	rm -rf .venv web/node_modules tests/clients/node_modules signaling/static build *.egg-info
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find synclass signaling recorder tests -name __pycache__ -exec rm -rf {} +

.venv/.made:
	@python=$$(.ci/python) && "$$python" -m venv .venv
	@touch $@

.venv/.installed: .venv/.made $(PARTS)
	$(PIP) --editable .
	@touch $@

.venv/.dev: .venv/.made $(PARTS)
	$(PIP) --editable '.[dev]'
	@touch .venv/.installed $@

web/node_modules/.installed: web/package.json web/package-lock.json web/.npmrc | .venv/.made
	cd web && ../.ci/node npm ci --prefer-offline --no-audit --no-fund
	@touch $@

tests/clients/node_modules/.installed: tests/clients/package-lock.json tests/clients/.npmrc | .venv/.made
	cd tests/clients && ../../.ci/node npm ci --prefer-offline --no-audit --no-fund
	@touch $@

$(CLIENT): web/node_modules/.installed $(WEB)
	cd web && ../.ci/node npm run --silent build
	@touch $@
