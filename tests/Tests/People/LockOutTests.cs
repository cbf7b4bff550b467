using Footfall.Server.People;
using Microsoft.Extensions.Time.Testing;

namespace Footfall.Tests.People;

public sealed class LockOutTests
{
    readonly FakeTimeProvider _clock = new();

    [Fact]
    public void After_the_free_failures_each_further_one_doubles_the_wait_up_to_five_minutes()
    {
        var lockOut = new LockOut(_clock);
        for (var failure = 0; failure < 5; failure++)
            Assert.Equal(0, lockOut.Begin("ada", free: 5));
        var waits = new List<int>();
        for (var failure = 0; failure < 12; failure++)
        {
            waits.Add(lockOut.Begin("ada", free: 5));
            _clock.Advance(TimeSpan.FromSeconds(waits[^1]));
            Assert.Equal(0, lockOut.Begin("ADA", free: 5));
        }
        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300], waits);
        Assert.Equal(0, lockOut.Begin("bob", free: 5));
    }

    [Fact]
    public void An_attempt_that_has_to_wait_does_not_lengthen_the_wait()
    {
        var lockOut = new LockOut(_clock);
        for (var failure = 0; failure < 3; failure++)
            lockOut.Begin("ada", free: 2);
        for (var impatient = 0; impatient < 50; impatient++)
            Assert.Equal(1, lockOut.Begin("ada", free: 2));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, lockOut.Begin("ada", free: 2));
    }

    [Fact]
    public void A_good_attempt_or_an_hour_forgets_the_failures()
    {
        var lockOut = new LockOut(_clock);
        for (var failure = 0; failure < 6; failure++)
            lockOut.Begin("ada", free: 5);
        Assert.NotEqual(0, lockOut.Begin("ada", free: 5));
        lockOut.Clear("ada");
        Assert.Equal(0, lockOut.Begin("ada", free: 0));
        Assert.NotEqual(0, lockOut.Begin("ada", free: 0));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, lockOut.Begin("ada", free: 1));
    }

    [Fact]
    public void However_many_names_are_guessed_the_latest_are_remembered()
    {
        var lockOut = new LockOut(_clock);
        for (var name = 0; name < 25_000; name++)
        {
            lockOut.Begin($"name {name}", free: 0);
            _clock.Advance(TimeSpan.FromMicroseconds(1));
        }
        Assert.NotEqual(0, lockOut.Begin("name 24999", free: 0));
        Assert.Equal(0, lockOut.Begin("name 0", free: 0));
    }
}
