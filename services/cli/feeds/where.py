"""Where the feeds are listed, and where it is remembered how they are."""

from dataclasses import dataclass
from pathlib import Path

from services.chassis.settings import House
from services.cli.errors import Told
from services.cli.local.home import addresses
from services.fetch.core.feeds.listing import Listing, listed
from services.fetch.feeds import file
from services.fetch.settings import FetchSettings


@dataclass(frozen=True)
class Where:
    """The file of feeds, and the settings of the home that it belongs to."""

    file: Path
    settings: House

    def listing(self) -> Listing:
        """What the file says; a file that is not there lists nothing. Raises Told where it cannot be read."""
        try:
            return listed(file.read(self.file))
        except FileNotFoundError:
            return Listing()
        except OSError as error:
            raise unusable(self.file, error) from error


def where(settings: House) -> Where:
    """The file of the `up` that runs on this home, else that of the settings."""
    running = addresses(settings.home)
    if running is not None and running.feeds:
        return Where(Path(running.feeds), settings)
    return Where(FetchSettings(house=settings).feeds_file(), settings)


def unusable(path: Path, error: OSError) -> Told:
    """What to say of a file of feeds that cannot be read or written."""
    why = (error.strerror or str(error)).lower()
    return Told(f"the file of feeds {path} cannot be used ({why}): give another with WIREROOM_FETCH_FEEDS")
