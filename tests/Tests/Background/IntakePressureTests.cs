using System.Text;
using Footfall.Server.Background;
using Microsoft.Extensions.Time.Testing;

namespace Footfall.Tests.Background;

public sealed class IntakePressureTests
{
    const long TicksASecond = 1_000;

    readonly FakeTimeProvider _clock = new();
    MachineTime? _machine = new MachineTime(0, 0);

    [Theory]
    [InlineData(4, 0.4, true)]
    [InlineData(3.9, 1, false)]
    [InlineData(64, 0.39, false)]
    public void Is_high_when_requests_wait_and_the_cores_are_taken(double waitingPerCore, double ordinaryShare, bool high)
    {
        var pressure = new IntakePressure(() => _machine, _clock);
        Pass(pressure, waitingPerCore, ordinaryShare);
        Assert.Equal(high, pressure.IsHigh);
    }

    [Fact]
    public void Is_over_when_a_stretch_of_time_had_none()
    {
        var pressure = new IntakePressure(() => _machine, _clock);
        Pass(pressure, 10, 1);
        Assert.True(pressure.IsHigh);
        Pass(pressure, 0, 1);
        Assert.False(pressure.IsHigh);
    }

    [Fact]
    public void Is_not_looked_for_again_within_a_tenth_of_a_second()
    {
        var pressure = new IntakePressure(() => _machine, _clock);
        Pass(pressure, 10, 1);
        Assert.True(pressure.IsHigh);
        _clock.Advance(TimeSpan.FromMilliseconds(99));
        Assert.True(pressure.IsHigh);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(pressure.IsHigh);
    }

    [Fact]
    public void Is_never_high_where_nobody_knows_the_cores()
    {
        _machine = null;
        var pressure = new IntakePressure(() => _machine, _clock);
        Pass(pressure, 10, 1);
        Assert.False(pressure.IsHigh);
    }

    [Fact]
    public void The_kernel_tells_ordinary_work_from_what_stands_behind_it()
    {
        var time = MachineTime.Parse(Encoding.ASCII.GetBytes("cpu  100 20 30 4000 500 6 7 8 9 10\ncpu0 50 10 15 2000 250 3 3 4 4 5\n"));
        Assert.Equal(new MachineTime(100 + 30 + 6 + 7, 100 + 20 + 30 + 4000 + 500 + 6 + 7), time);
    }

    [Fact]
    public void The_kernel_of_this_machine_is_understood()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has /proc/stat.");
        var time = MachineTime.Read()!.Value;
        Assert.InRange(time.Ordinary, 1, time.All);
    }

    /// <summary>A second in which so many requests waited all the time, for each core of this machine.</summary>
    void Pass(IntakePressure pressure, double waitingPerCore, double ordinaryShare)
    {
        var begin = pressure.Now;
        _clock.Advance(TimeSpan.FromSeconds(1));
        for (var tenth = 0; tenth < Math.Round(waitingPerCore * 10); tenth++)
        {
            for (var core = 0; core < Environment.ProcessorCount; core++)
                pressure.Waited(begin + ((pressure.Now - begin) * 9 / 10));
        }
        if (_machine is { } before)
            _machine = new MachineTime(before.Ordinary + (long)(ordinaryShare * TicksASecond), before.All + TicksASecond);
    }
}
