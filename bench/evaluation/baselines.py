"""Plain baselines: logistic regression on characters, and two ways of retrieving a fact by its text."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import joblib
import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from beian.kb import Fact, KnowledgeBase
from beian.nlu import encoders
from beian.nlu.labels import label_of
from beian.nlu.vector_cache import CACHE_FOLDER
from beian.progress import report
from beian.text.normalize import normalize
from beian.text.words import Segmenter
from bench.evaluation.messages import Pair, digest_of
from bench.evaluation.predictions import Prediction, of_ranking

RANKED = 10
ITERATIONS = 100
Predict = Callable[[str], Prediction]


def logistic_for(pairs: list[Pair]) -> Path:
    """The file of the trained logistic regression (made when there is none for these messages)."""
    file = CACHE_FOLDER / "evaluation" / f"logistic-{digest_of(pairs, ITERATIONS)}.joblib"
    if not file.exists():
        report(f"logistic regression on {len(pairs)} messages")
        pipeline = make_pipeline(
            TfidfVectorizer(
                analyzer="char", ngram_range=(1, 3), min_df=3, sublinear_tf=True, dtype=np.float32
            ),
            LogisticRegression(C=10.0, max_iter=ITERATIONS, tol=1e-3),
        )
        pipeline.fit([text for text, _ in pairs], [label for _, label in pairs])
        file.parent.mkdir(parents=True, exist_ok=True)
        joblib.dump(pipeline, file)
    return file


def logistic(file: Path) -> Predict:
    """Predict with a stored logistic regression."""
    pipeline: Pipeline = joblib.load(file)
    labels = pipeline.classes_

    def predict(text: str) -> Prediction:
        chance = pipeline.predict_proba([text])[0]
        return of_ranking((str(labels[at]), float(chance[at])) for at in np.argsort(-chance)[:RANKED])

    return predict


def fact_texts(kb: KnowledgeBase) -> dict[str, str]:
    """The whole text of each fact and topic, by its label."""
    texts = {}
    for entry in kb.entries:
        facts: Sequence[Fact] = [kb.facts[name] for name in kb.facts_of_label(entry.id)]
        lines = [line for fact in facts for _, block in fact.body for line in block]
        titles = [fact.title for fact in facts if fact is not entry]
        texts[label_of(entry.id)] = "\n".join([entry.title, entry.question, *titles, *lines])
    return texts


def bm25(kb: KnowledgeBase, k: float = 1.5, b: float = 0.75) -> Predict:
    """Okapi BM25 over the words of the facts' texts; every message gets an answer."""
    segmenter = Segmenter(kb.words)

    def words(text: str) -> list[str]:
        return [word for word, _ in segmenter.cut(normalize(text))]

    texts = fact_texts(kb)
    labels = list(texts)
    counts = [Counter(words(text)) for text in texts.values()]
    lengths = np.array([sum(count.values()) for count in counts])
    norms = k * (1 - b + b * lengths / lengths.mean())
    having = Counter(word for count in counts for word in count)

    def predict(text: str) -> Prediction:
        scores = np.zeros(len(labels))
        for word in words(text):
            if word in having:
                idf = math.log(1 + (len(labels) - having[word] + 0.5) / (having[word] + 0.5))
                often = np.array([count[word] for count in counts])
                scores += idf * often * (k + 1) / (often + norms)
        return _by_score(labels, scores)

    return predict


def nearest(kb: KnowledgeBase) -> Predict:
    """The fact whose text's sentence vector is nearest (centred, cosine); every message gets an answer."""
    texts = fact_texts(kb)
    labels = list(texts)
    vectors = encoders.encode_many(encoders.ENCODER, [normalize(text) for text in texts.values()])
    centre = vectors.mean(axis=0)
    vectors = _unit(vectors - centre)

    def predict(text: str) -> Prediction:
        vectors_of_text = encoders.encode_few(encoders.ENCODER, [normalize(text)])
        if vectors_of_text is None:
            raise RuntimeError("the sentence encoder is missing")
        return _by_score(labels, vectors @ _unit(vectors_of_text[0] - centre))

    return predict


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12)


def _by_score(labels: list[str], scores: np.ndarray) -> Prediction:
    return of_ranking((labels[at], float(scores[at])) for at in np.argsort(-scores, kind="stable")[:RANKED])
