"""The same cases through vipii, the published peer (install it beside qc: pip install vipii).

python -m bench.privacy.measure_peer --cases FILE [--least 0.0]
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from bench.privacy.measure_pii import SKIPPED, compare, scores

KINDS = {
    "phone_number": "PHONE",
    "email_address": "EMAIL",
    "cccd": "CCCD",
    "cmnd": "CMND",
    "passport": "PASSPORT",
    "health_insurance_number": "BHYT",
    "social_insurance_number": "BHXH",
    "mst": "TAX_CODE",
    "bank_account": "BANK_ACCOUNT",
    "bank_card": "BANK_CARD",
    "vehicle_plate": "PLATE",
    "date_of_birth": "DATE_OF_BIRTH",
}


def main() -> None:
    """Print one line of scores, and how many clean texts are flagged."""
    from vipii import PIIDetector

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=Path, required=True)
    parser.add_argument("--least", type=float, default=0.0, help="least score that counts")
    arguments = parser.parse_args()
    detector = PIIDetector(score_threshold=arguments.least)
    totals: Counter[str] = Counter()
    flagged = negatives = 0
    for line in arguments.cases.read_text("utf-8").splitlines():
        case = json.loads(line)
        found = [
            (match.start, match.end, KINDS.get(match.label.lower(), match.label))
            for match in detector.detect(case["text"])
        ]
        wanted = [(s["start"], s["end"], s["type"]) for s in case["spans"]]
        wanted = [span for span in wanted if span[2] not in SKIPPED]
        hit, miss, false = compare(wanted, found)
        totals += Counter(right=len(hit), missed=len(miss), wrong=len(false))
        flagged += bool(found) and not case["spans"]
        negatives += not case["spans"]
    print(scores(totals["right"], totals["missed"], totals["wrong"]))
    print(f"negatives flagged: {flagged} of {negatives}")


if __name__ == "__main__":
    main()
