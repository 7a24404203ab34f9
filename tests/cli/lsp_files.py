"""Rule files that the tests of the language server open."""

from __future__ import annotations

HOUSE = """policy house "House" {
  recipients anywhere
  languages  en

  source manual "Our manual" "https://example.org/manual" checked 2026-11-01

  words perfume {
    en: "perfume"
  }

  rule night "Quiet at night" {
    when  category is promotional
    only  09:00-20:00
    basis house  cite manual
  }
}
"""
SHOP = """policy shop "Shop 🛒" {
  recipients FR
  languages  fr

  source book "Book 🛒" "https://example.org/book" checked 2026-11-01

  rule perfume "No 🛒 perfume" { when body mentions perfume deny basis house cite book }

  test "Perfume is refused" {
    to "+33639980001"  from "ACME"  category transactional
    body "perfume"
    expect deny by perfume
  }
}
"""
