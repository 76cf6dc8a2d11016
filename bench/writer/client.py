"""Drives LibreOffice Writer through UNO; run by the Python that has `uno`, not by pytest's.

    client.py ADDRESS check IN OUT      the findings Writer shows, and their first suggestion
                                        taken; OUT is the mended document
    client.py ADDRESS open IN SECONDS   opens a document as a user does and waits

Standard output is JSON. The language of Writer is Vietnamese, as in an office in Viet Nam.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.lang import Locale

CHECKER = "org.openoffice.lingu.LanguageToolGrammarChecker"
LINGUISTIC = "/org.openoffice.Office.Linguistic"
PROOFREADING = 3
START_S = 60
FILTERS = {".docx": "MS Word 2007 XML", ".odt": "writer8"}


class Writer:
    """A LibreOffice of its own, with a profile of its own, that ends with the block."""

    def __init__(self, address):
        self.address = address
        self.folder = tempfile.TemporaryDirectory(prefix="writer-")

    def __enter__(self):
        profile = Path(self.folder.name, "profile").as_uri()
        pipe = f"qc-{os.getpid()}"
        self.process = subprocess.Popen(
            [
                "soffice",
                "--headless",
                "--norestore",
                "--nologo",
                "--nodefault",
                f"-env:UserInstallation={profile}",
                f"--accept=pipe,name={pipe};urp",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.context = self._connect(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        self._configure()
        return self

    def __exit__(self, *_):
        try:
            self.make("com.sun.star.frame.Desktop").terminate()
            self.process.wait(20)
        except Exception:
            self.process.kill()
        self.folder.cleanup()

    def make(self, name):
        """A service of LibreOffice."""
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def load(self, path, hidden):
        """An opened document."""
        desktop = self.make("com.sun.star.frame.Desktop")
        document = desktop.loadComponentFromURL(
            Path(path).absolute().as_uri(), "_blank", 0, (value("Hidden", hidden),)
        )
        assert document is not None, f"Writer did not open {path}"
        return document

    def languages(self):
        """The languages that the server's answer to /languages made Writer offer."""
        return [f"{each.Language}-{each.Country}" for each in self.make(CHECKER).getLocales()]

    def _connect(self, address):
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
        end = time.monotonic() + START_S
        while True:
            try:
                return resolver.resolve(address)
            except Exception:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)

    def _configure(self):
        """What a user sets once under Tools, Options, Language Settings."""
        set_all(self, f"{LINGUISTIC}/General", DefaultLocale="vi-VN")
        set_all(self, f"{LINGUISTIC}/SpellChecking", IsSpellAuto=True)
        set_all(self, f"{LINGUISTIC}/GrammarChecking", IsAutoCheck=True)
        set_all(
            self,
            f"{LINGUISTIC}/GrammarChecking/LanguageTool",
            BaseURL=self.address,
            IsEnabled=True,
        )
        services = self.make("com.sun.star.linguistic2.LinguServiceManager")
        services.setConfiguredServices(
            "com.sun.star.linguistic2.Proofreader", Locale("vi", "VN", ""), (CHECKER,)
        )


def value(name, given):
    """A named value as UNO wants it."""
    named = PropertyValue()
    named.Name, named.Value = name, given
    return named


def set_all(writer, path, **values):
    """Write values into Writer's configuration."""
    provider = writer.make("com.sun.star.configuration.ConfigurationProvider")
    node = provider.createInstanceWithArguments(
        "com.sun.star.configuration.ConfigurationUpdateAccess", (value("nodepath", path),)
    )
    for name, given in values.items():
        node.setPropertyValue(name, given)
    node.commitChanges()


def paragraphs(document):
    """The paragraphs of a document as Writer's grammar checking walks through them."""
    walk = document.getFlatParagraphIterator(PROOFREADING, False)
    paragraph = walk.getFirstPara()
    while paragraph is not None:
        yield paragraph
        paragraph = walk.getNextPara()


def check(writer, path, output):
    """Check each paragraph as Writer does, take each first suggestion, save the document."""
    document = writer.load(path, True)
    iterator = writer.make("com.sun.star.linguistic2.ProofreadingIterator")
    found = []
    for paragraph in paragraphs(document):
        text = paragraph.getText()
        locale = paragraph.getLanguageOfText(0, len(text))
        result = iterator.checkSentenceAtPosition(
            document, paragraph, text, locale, 0, len(text), -1
        )
        errors = [as_data(each) for each in result.aErrors]
        found.append({"text": text, "errors": errors})
    for index, each in enumerate(found):
        for error in sorted(each["errors"], key=lambda one: one["start"], reverse=True):
            if error["suggestions"]:
                # one that was changed is used up: Writer gives a new one for each change
                paragraph = list(paragraphs(document))[index]
                paragraph.changeText(error["start"], error["length"], error["suggestions"][0], ())
    for each, paragraph in zip(found, paragraphs(document), strict=True):
        each["mended"] = paragraph.getText()
    target = Path(output).absolute()
    document.storeToURL(target.as_uri(), (value("FilterName", FILTERS[target.suffix]),))
    document.close(True)
    return {"languages": writer.languages(), "paragraphs": found}


def as_data(error):
    """One underline with its menu: where, what Writer says, what it offers."""
    return {
        "start": error.nErrorStart,
        "length": error.nErrorLength,
        "comment": error.aFullComment,
        "suggestions": list(error.aSuggestions),
    }


def open_and_wait(writer, path, seconds):
    """Open a document in a window and let Writer check it in the background."""
    began = time.time()
    document = writer.load(path, False)
    opened = time.time()
    time.sleep(float(seconds))
    count = sum(1 for paragraph in paragraphs(document) if paragraph.getText())
    document.close(True)
    return {"began": began, "opened": opened, "paragraphs": count}


def main(address, action, *rest):
    """Do one thing in one Writer."""
    with Writer(address) as writer:
        done = (check if action == "check" else open_and_wait)(writer, *rest)
    json.dump(done, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
