"""Write everything that is generated; `make generate`, then read the differences."""

from __future__ import annotations

import json
from pathlib import Path

from qc.batch.audit.model import json_schema as audit_schema
from qc.documents._json_schema import schema_text
from qc.report.envelope import json_schema
from scripts import law_table, make_samples, wordpress_languages
from scripts.golden import as_text, golden_path, golden_reports
from scripts.rule_pages import write_pages

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Write the JSON Schema, the table of law, the samples and their golden reports."""
    schema = json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n"
    (ROOT / "qc/report/report-1.schema.json").write_text(schema, encoding="utf-8")
    audit = ROOT / "qc/batch/audit/audit-1.schema.json"
    text = json.dumps(audit_schema(), ensure_ascii=False, indent=1) + "\n"
    audit.write_text(text, encoding="utf-8")
    article = ROOT / "qc/documents/article-1.schema.json"
    article.write_text(schema_text(), encoding="utf-8")
    law_table.main()
    write_pages()
    make_samples.main()
    wordpress_languages.main()
    for name, report in golden_reports().items():
        path = golden_path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(as_text(report), encoding="utf-8")


if __name__ == "__main__":
    main()
