from beian.server.limits import RateLimiter, Seats


def test_a_burst_then_the_rate():
    now = [0.0]
    limiter = RateLimiter(3, 0.5, clock=lambda: now[0])
    assert [limiter.wait("a") for _ in range(4)] == [0, 0, 0, 2]
    assert limiter.wait("b") == 0
    now[0] = 2.0
    assert limiter.wait("a") == 0
    assert limiter.wait("a") == 2
    now[0] = 1000.0
    assert [limiter.wait("a") for _ in range(4)] == [0, 0, 0, 2]


def test_asking_whether_one_is_blocked_counts_nothing():
    now = [50.0]
    limiter = RateLimiter(2, 0.5, clock=lambda: now[0])
    assert [limiter.blocked("a") for _ in range(5)] == [0] * 5
    assert [limiter.wait("a") for _ in range(2)] == [0, 0]
    assert [limiter.blocked("a") for _ in range(5)] == [2] * 5
    now[0] = 52.0
    assert limiter.blocked("a") == 0
    assert len(limiter) == 1


def test_a_part_of_a_turn_lets_nobody_through():
    now = [50.0]
    limiter = RateLimiter(1, 0.5, clock=lambda: now[0])
    assert limiter.wait("a") == 0
    now[0] = 51.5
    assert (limiter.blocked("a"), limiter.wait("a")) == (1, 1)
    now[0] = 52.0
    assert (limiter.blocked("a"), limiter.wait("a")) == (0, 0)


def test_a_clock_that_jumps_back_gives_nothing_and_takes_nothing():
    now = [100.0]
    limiter = RateLimiter(1, 1.0, clock=lambda: now[0])
    assert limiter.wait("a") == 0
    now[0] = 0.0
    assert limiter.wait("a") == 1
    now[0] = 1.0
    assert limiter.wait("a") == 0


def test_memory_is_bounded():
    limiter = RateLimiter(1, 1.0, keys=10)
    for number in range(1000):
        limiter.wait(str(number))
    assert len(limiter) == 10


def test_each_key_has_its_own_seats():
    seats = Seats(2)
    assert [seats.take("a") for _ in range(3)] == [True, True, False]
    assert seats.take("b")
    seats.leave("a")
    assert seats.take("a")
    for key in ("a", "a", "b"):
        seats.leave(key)
    assert len(seats) == 0
    assert not seats._taken
