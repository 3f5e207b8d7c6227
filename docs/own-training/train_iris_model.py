"""Trains a random forest on a CSV with scikit-learn and pickles it: a script that knows nothing of OKAI Bot."""

import argparse
import csv
import pickle

from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
parser.add_argument("--model", required=True)
arguments = parser.parse_args()

with open(arguments.data, newline="") as file:
    header, *rows = csv.reader(file)
features = [[float(cell) for cell in row[:-1]] for row in rows]
species = [row[-1] for row in rows]
learn, test, names, truth = train_test_split(features, species, test_size=0.2, random_state=42, stratify=species)
model = RandomForestClassifier(n_estimators=100, max_depth=5, random_state=42).fit(learn, names)
print(f"accuracy {model.score(test, truth)}")
with open(arguments.model, "wb") as file:
    pickle.dump(model, file)
