"""Cost of all image checks against Pillow's draft decode, as ratios inside one run.

    python -m bench.images.speed [--megapixels 12] [--rounds 7] [--peer]

The picture is drawn and saved as baseline and progressive JPEG, PNG and WebP. CPU time, median.
`--peer` also times CleanVision on a 1 MP JPEG (bench/suite/install.sh installs it); what both find
is compared by `bench.images.quality --peer`.
"""

from __future__ import annotations

import argparse
import io
import resource
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from PIL import Image as Pil

from qc.core.article import Article, Image
from qc.core.blob import Blob
from qc.core.discover import discover
from qc.core.rule import AnyCheck
from qc.media._examples import encode, scene
from qc.media._header.read import read_header
from qc.media._metadata.record import read_metadata


def image_checks() -> list[AnyCheck]:
    """Every check of pictures that is on by default."""
    chosen = []
    for check in discover():
        media = check.module.startswith("qc.media.") and "video" not in check.module
        if media and not all(rule.opt_in for rule in check.rules):
            chosen.append(check)
    return [check for check in chosen if check.subject in (Image, Article)]


def inspect(data: bytes, checks: list[AnyCheck]) -> None:
    """All checks on one picture, nothing cached."""
    image = Image(path="photo.jpg", blob=Blob(data=data))
    article = Article(source="", format="markdown", digest="", images=(image,))
    for check in checks:
        list(check.run(image if check.subject is Image else article, check.options()))


def cost_ms(work: Callable[[], object], rounds: int) -> float:
    """Median CPU time."""
    work()
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return 1000 * statistics.median(times)


def draft(data: bytes) -> None:
    """Pillow's decode at half size."""
    picture = Pil.open(io.BytesIO(data))
    picture.draft("RGB", (picture.width // 2, picture.height // 2))
    picture.load()


def wall_s(work: Callable[[], object], threads: int, jobs: int) -> float:
    """Wall time of `jobs` runs on some threads."""
    start = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda _: work(), range(jobs)))
    return time.perf_counter() - start


def main() -> None:
    """Print costs and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megapixels", type=float, default=12)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--peer", action="store_true")
    args = parser.parse_args()
    checks = image_checks()
    width = round((args.megapixels * 1e6 * 4 / 3) ** 0.5)
    size = (width, round(width * 3 / 4))
    small = scene(1000, 750)
    large = small.resize(size, Pil.Resampling.BICUBIC)
    forms = {"JPEG": {}, "progressive": {"progressive": True}}
    files = {name: encode(large, **save) for name, save in forms.items()}
    base = cost_ms(lambda: draft(files["JPEG"]), args.rounds)
    header = cost_ms(lambda: read_metadata(read_header(files["JPEG"])), args.rounds * 5)
    print(f"{size[0]}×{size[1]} px, {len(files['JPEG']) / 1e6:.1f} MB; draft 1/2: {base:.1f} ms")
    print(f"header and metadata: {header:.3f} ms")
    for name, data in files.items():
        spent = cost_ms(lambda data=data: inspect(data, checks), args.rounds)
        print(f"all {len(checks)} checks, {name}: {spent:.1f} ms = {spent / base:.2f} × draft 1/2")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"peak memory of this process, drawing included: {peak} MB")
    one = wall_s(lambda: inspect(files["JPEG"], checks), 1, 12)
    two = wall_s(lambda: inspect(files["JPEG"], checks), 2, 12)
    print(f"two threads: {one / two:.2f} × one")
    for form in ("PNG", "WEBP"):
        data = encode(large, format=form)
        spent = cost_ms(lambda data=data: inspect(data, checks), 3)
        print(f"all checks, {form}: {spent:.0f} ms")
    if args.peer:
        _peer(encode(small), checks)


def _peer(data: bytes, checks: list[AnyCheck]) -> None:
    """CleanVision on copies of one picture, in turns with qc."""
    import tempfile
    from pathlib import Path

    from bench.images.cleanvision import inspect_folder

    with tempfile.TemporaryDirectory() as name:
        for index in range(20):
            (Path(name) / f"{index}.jpg").write_bytes(data)
        ratios = []
        for _ in range(3):
            answer = inspect_folder(Path(name))
            if answer is None:
                print("CleanVision is not installed (bench/suite/install.sh)")
                return
            ours = cost_ms(lambda: inspect(data, checks), 9)
            theirs = 1000 * answer.cpu_s / 20
            ratios.append(theirs / ours)
            print(f"1 MP: CleanVision {theirs:.1f} ms, qc {ours:.1f} ms")
    print(f"1 MP: qc is {statistics.median(ratios):.1f} times faster (median of 3)")


if __name__ == "__main__":
    main()
