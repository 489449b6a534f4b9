#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Tests of the program that builds the third-party libraries."""

import pathlib
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from depbuild import builder, keys, packages, sources  # noqa: E402


class Merge(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.m_root = pathlib.Path(scratch.name)
        self.m_prefix = self.m_root / "prefix"

    def tree(self, name, **files):
        for file, text in files.items():
            path = self.m_root / name / "lib" / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return self.m_root / name

    def names(self):
        return sorted(path.name for path in (self.m_prefix / "lib").iterdir())

    def test_new_version_replaces_files_and_removes_leftovers(self):
        builder.merge(self.tree("p-1", a="old", b="old"), self.m_prefix, "p")
        builder.merge(self.tree("p-2", a="new", c="new"), self.m_prefix, "p")
        self.assertEqual(self.names(), ["a", "c"])
        self.assertEqual((self.m_prefix / "lib" / "a").read_text(encoding="utf-8"), "new")

    def test_other_packages_stay(self):
        builder.merge(self.tree("p-1", a="1"), self.m_prefix, "p")
        builder.merge(self.tree("q-1", b="1"), self.m_prefix, "q")
        builder.merge(self.tree("p-2", c="2"), self.m_prefix, "p")
        self.assertEqual(self.names(), ["b", "c"])

    def test_interrupted_merge_is_done_again(self):
        tree = self.tree("p-1", a="1")
        builder.merge(tree, self.m_prefix, "p")
        (self.m_prefix / "lib" / "a").unlink()
        (self.m_prefix / "share" / "remapi-deps" / "p.stamp").unlink()
        builder.merge(tree, self.m_prefix, "p")
        self.assertEqual(self.names(), ["a"])


class Order(unittest.TestCase):
    def test_the_longest_chain_starts_first(self):
        names = [package.name for package in builder.start_order(packages.select(packages.read_table(), None))]
        self.assertEqual(set(names[:2]), {"libffi", "pcre2"})
        self.assertLess(names.index("glib"), names.index("mbedtls"))
        self.assertLess(names.index("zlib"), names.index("sqlite3"))


class Table(unittest.TestCase):
    def test_selection_brings_what_is_needed_first(self):
        chosen = [package.name for package in packages.select(packages.read_table(), "curl")]
        self.assertIn("mbedtls", chosen)
        self.assertEqual(chosen[-1], "curl")
        self.assertNotIn("gmime", chosen)

    def test_unknown_name_is_refused(self):
        with self.assertRaises(packages.TableError):
            packages.select(packages.read_table(), "nothing")

    def test_every_package_has_a_recipe(self):
        for package in packages.read_table().values():
            self.assertTrue((package.recipe / "build.sh").is_file(), package.name)


class Sources(unittest.TestCase):
    def test_upstream_part_of_a_version(self):
        self.assertEqual(sources.upstream("1:2.74.6-2+deb12u2"), "2.74.6")
        self.assertEqual(sources.upstream("3.2.13+dfsg-2"), "3.2.13+dfsg")

    def test_entries_of_the_release_are_asked_for_sources(self):
        text = ("Types: deb\nURIs: http://mirror.invalid/debian\nSuites: bookworm x\n\n"
                "Types: deb\nURIs: http://other.invalid\nSuites: nodistro\n\n"
                "Enabled: no\nTypes: deb\nURIs: http://off.invalid\nSuites: bookworm\n")
        stanzas = list(sources._source_stanzas(text, {"bookworm"}))
        self.assertEqual(len(stanzas), 1)
        self.assertIn("Types: deb-src\n", stanzas[0])
        self.assertIn("mirror.invalid", stanzas[0])


class Keys(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.m_recipes = packages.RECIPES
        self.addCleanup(setattr, packages, "RECIPES", self.m_recipes)
        packages.RECIPES = pathlib.Path(scratch.name)
        (packages.RECIPES / "common.sh").write_text("", encoding="utf-8")
        self.m_table = {"base": self.package("base"), "user": self.package("user", "base")}

    def package(self, name, *needs):
        (packages.RECIPES / name).mkdir()
        self.write(name, "first")
        return packages.Package(name, "apt", name, "*", "all", needs)

    def write(self, name, text):
        (packages.RECIPES / name / "build.sh").write_text(text, encoding="utf-8")

    def keys(self, base="1-1", user="1-1"):
        origins = {"base": sources.Origin(base, None, True),
                   "user": sources.Origin(user, None, True)}
        return [keys.package_key(self.m_table, package, "x86_64", origins)
                for package in self.m_table.values()]

    def test_same_input_same_key(self):
        self.assertEqual(self.keys(), self.keys())

    def test_version_counts_for_the_package_and_its_users(self):
        before, after = self.keys(), self.keys(base="1-2")
        self.assertNotEqual(before[0], after[0])
        self.assertNotEqual(before[1], after[1])
        self.assertEqual(before[0], self.keys(user="1-2")[0])

    def test_recipe_counts_for_the_package_and_its_users(self):
        before = self.keys()
        self.write("user", "second")
        changed = self.keys()
        self.assertEqual(before[0], changed[0])
        self.assertNotEqual(before[1], changed[1])
        self.write("base", "second")
        self.assertNotEqual(changed[1], self.keys()[1])


if __name__ == "__main__":
    unittest.main()
