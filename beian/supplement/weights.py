"""What the second step weighs by: numbers fitted by bench/supplement_fit.py."""

from beian.supplement.choose import Weighing, Weights

FACTS = Weighing(
    Weights((21.94, -6.04, 9.2, 0.67, 3.17, 7.67), 2.02, (-1.14, -0.24, 3.35)),
    Weights((18.89, -2.93, 0.0, 0.82, 0.0, 9.97), -0.43, (-1.08, 0.0, 3.3)),
)
# Points have no theme: what is known of one adds the same to all.
POINTS = Weighing(
    Weights((5.29, -2.93, 4.69, 0.533, 4.34, 8.30), 5.51), Weights((7.0, 0.5, 0.0, 0.6, 0.0, 8.5), 3.2)
)
