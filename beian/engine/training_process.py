"""The training itself: `python -m beian.engine.training_process OUTPUT NAME [--force]`, a process of its own.

Rasa's function and not its command: the command first validates, which `make check` does, and prints a
warning for each message whose answer is no response of the domain (here they all come from actions). Both
together take longer than the training.
"""

from __future__ import annotations

import argparse
import gc
import sys
import warnings


def main() -> int:
    """Train from the files of the working directory; Rasa's result code (0: trained, or up to date)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", help="folder of the model")
    parser.add_argument("name", help="name of the model, without its ending")
    parser.add_argument("--force", action="store_true", help="train even what has not changed")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    from rasa.model_training import train

    # Everything made here lives to the end: looking for garbage among it takes a tenth of the time.
    gc.disable()
    result = train(
        domain="domain.yml",
        config="config.yml",
        training_files="data",
        output=options.output,
        force_training=options.force,
        fixed_model_name=options.name,
    )
    return int(result.code)


if __name__ == "__main__":
    sys.exit(main())
