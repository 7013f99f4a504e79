"""The one room that opens files.

    parsed = datasets.read_book("catalogue/programmes/made-up")   a folder of CSV files or a workbook
    datasets.write_book(parsed.book, "programme.xlsx")
"""

from socle.datasets.country_folders import CountryFiles, CountryReading, country_folders, read_country
from socle.datasets.economy import EconomyReading, read_economy
from socle.datasets.made_up_country import MadeUp, made_up, write_made_up
from socle.datasets.marking import marked_workbook
from socle.datasets.population import PopulationReading, check_population, read_population
from socle.datasets.reading import read_book, read_raw
from socle.datasets.records import read_records, unreadable_records
from socle.datasets.texts import SHIPPED as SHIPPED_COVERAGE
from socle.datasets.texts import read_coverage, text_of
from socle.datasets.values import ValuesReading, read_values
from socle.datasets.values_beside import read_path, read_regions, read_weights
from socle.datasets.values_writing import LAYOUTS as VALUES_LAYOUTS
from socle.datasets.values_writing import write_values
from socle.datasets.whole import appearing_whole, write_file, write_files
from socle.datasets.writing import write_book, write_template

__all__ = [
    "SHIPPED_COVERAGE", "VALUES_LAYOUTS", "CountryFiles", "CountryReading", "EconomyReading", "MadeUp", "PopulationReading",
    "ValuesReading", "appearing_whole", "check_population", "country_folders", "made_up", "marked_workbook", "read_book",
    "read_country", "read_coverage", "read_economy", "read_path", "read_population", "read_raw", "read_records",
    "read_regions", "read_values", "read_weights", "text_of", "unreadable_records", "write_book", "write_file", "write_files",
    "write_made_up", "write_template", "write_values",
]
