"""The deck's dialogs by hand: what a person presses, and what they wait for."""


def on(deck, name):
    """Puts the cursor on the one snapshot of that name."""
    return deck.press("/").type(f"name:{name}").press("Enter").until("1 of 1")


def chosen(deck, words):
    """Chooses what these words lead to in the picker of the field that has the cursor."""
    return deck.press("Space").until("Enter take").type(words).press("Enter").gone("Enter take").gone("checking")


def ready(deck):
    """Waits until the dialog knows all it asks and nothing is wrong with it."""
    def claim(screen):
        return " ready" in screen and "not ready" not in screen and "checking" not in screen

    return deck.fulfils("the dialog is ready", claim)
