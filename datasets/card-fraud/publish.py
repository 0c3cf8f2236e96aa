"""Tables under inner keys -> as they are handed out: fresh ids for transactions, fresh tokens for cards."""

from __future__ import annotations

import pandas as pd
from cases import Tables

from harness.edition import About, Registry, three_inputs
from harness.mess import stream

TABLE = "transactions.csv"
MERCHANTS = "merchants.csv"
ENTITY = "transaction"  # of whom a line of the past or a card is told; never published
Published = dict[str, pd.DataFrame]


def published(registry: Registry, part: str, tables: Tables) -> Published:
    """The tables of one part by file name; every table shuffled.

    A card token is as random as an id and names the card within its part only.
    """
    tokens = registry.fresh(stream(registry.seed, part, "card_id", "draw"), tables.cards["card"])
    registry.ids |= tokens
    named = {
        TABLE: tables.transactions.rename(columns={"entity": "id"}),
        "history.csv": tables.history,
        "cards.csv": tables.cards,
    }
    shown = registry.publish(part, named, {TABLE: "id"})
    for name, table in shown.items():
        table["card"] = table["card"].map(tokens)
        table = table.rename(columns={"card": "card_id"})
        first = ["id", "card_id"] if name == TABLE else ["card_id"]
        shown[name] = table[[*first, *(column for column in table if column not in first)]]
    return shown


def inputs(asked: Published, rows: pd.DataFrame, shops: pd.DataFrame, told: About) -> dict[str, Published]:
    """`all`, `one` and `shuffled`: with every transaction, its card and the card's past; merchants whole."""
    owner = asked[TABLE].set_index("card_id")["id"]
    keyed = {
        name: table if name == TABLE else table.assign(**{ENTITY: table["card_id"].map(owner)})
        for name, table in asked.items()
    }
    by_owner = {name: "id" if name == TABLE else ENTITY for name in asked}
    made = three_inputs({**keyed, MERCHANTS: shops}, rows, told.model_copy(update={"keys": by_owner}))
    return {
        folder: {name: table.drop(columns=ENTITY, errors="ignore") for name, table in tables.items()}
        for folder, tables in made.items()
    }


def mask(registry: Registry, done: pd.DataFrame) -> pd.DataFrame:
    """The mask by published ids; a line of the past is `token#number`."""
    card, mark, number = (done["key"].str.partition("#")[n] for n in range(3))
    shown = registry.published(done.assign(key=card))
    return shown.assign(key=shown["key"] + mark + number)
