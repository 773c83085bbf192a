# 区县规划看板. The two commands to know: make run, make test.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup setup-test data run test lint bench lock clean
.NOTPARALLEL:

PORT ?= 8501
# make test ARGS="tests/test_etl_numerals.py -x"
ARGS ?=
PY := .venv/bin/python
export PYTHONUTF8 := 1

help: ## 显示这些命令
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## 建立 .venv 并安装固定版本的依赖
	@.ci/setup_python.sh

setup-test:
	@.ci/setup_python.sh dev
	@tests/setup_browser.sh

data: setup ## 由 data/reports/ 生成数据（输入和代码未变时跳过）
	@.ci/build_data.sh

# The server stops on Ctrl+C by itself; Python and make would each call that an error.
run: setup ## 启动看板：http://localhost:8501（PORT=9000 换端口）
	@.ci/build_data.sh lenient
	@echo "区县规划看板：http://localhost:$(PORT) （按 Ctrl+C 停止）"
	@trap '' INT; exec $(PY) -m streamlit run app.py --server.port $(PORT) --server.headless true --browser.gatherUsageStats false

test: setup-test lint ## 代码检查和全部测试，含浏览器测试（ARGS= 传给 pytest）
	@export PLANBOARD_CHROMIUM="$$(cat .venv/chromium-path 2>/dev/null)" \
	  XDG_CONFIG_HOME="$(CURDIR)/.venv/xdg" XDG_CACHE_HOME="$(CURDIR)/.venv/xdg"; \
	  exec $(PY) -m pytest $(ARGS)

lint: ## 代码检查（ruff）、误提交的密钥、依赖中已知的漏洞
	@.ci/setup_python.sh dev
	@$(PY) -m ruff check .
	@.ci/secrets.sh
	@$(PY) .ci/audit.py

bench: data ## 计时：构建、查询、页面、负载，最后一张汇总表（最多 30 分钟，临时占 5 GB 硬盘）
	@.ci/setup_python.sh dev
	@$(PY) -m tests.benchmarks $(ARGS)

COMPILE := uv pip compile -q --universal --python-version 3.11 --no-header --no-annotate --no-cache
lock: ## 重新选定间接依赖的版本并记下校验和（改动 requirements.txt 之后）
	@.ci/setup_python.sh uv
	@cat requirements.txt tests/requirements.txt | grep -v '^-' | .venv/bin/$(COMPILE) - -o .ci/constraints.txt
	@grep -v '^-' requirements.txt | .venv/bin/$(COMPILE) --generate-hashes -c .ci/constraints.txt - -o .ci/requirements.lock

clean: ## 删除 .venv、生成的数据和各种缓存
	rm -rf .venv data/parquet .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
