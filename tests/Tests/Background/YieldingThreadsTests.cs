using System.Globalization;
using Footfall.Server.Background;

namespace Footfall.Tests.Background;

public sealed class YieldingThreadsTests
{
    const int Behind = 10;

    static readonly Func<bool> Nobody = () => false;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Work_stays_behind_all_others_across_what_it_awaits()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has nice values.");
        var seen = new List<int>();
        using (var threads = new YieldingThreads("test", 2, () => true, Nobody))
        {
            await threads.RunAsync(async () =>
            {
                seen.Add(Nice());
                await Task.Delay(1, Stop);
                seen.Add(Nice());
                await Task.Factory.StartNew(() => seen.Add(Nice()), Stop, TaskCreationOptions.DenyChildAttach, TaskScheduler.Current);
                seen.Add(Nice());
            });
        }

        Assert.Equal([Behind, Behind, Behind, Behind], seen);
        Assert.Equal(0, Nice());
    }

    [Fact]
    public async Task Work_takes_its_share_from_the_moment_it_may_not_be_held_up()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has nice values.");
        var mayYield = true;
        var seen = new List<int>();
        using (var threads = new YieldingThreads("test", 1, () => mayYield, Nobody))
        {
            await threads.RunAsync(async () =>
            {
                seen.Add(Nice());
                mayYield = false;
                await Task.Yield();
                seen.Add(Nice());
                Assert.Same(threads, TaskScheduler.Current);
                mayYield = true;
                await Task.Yield();
                seen.Add(Nice());
            });
        }

        Assert.Equal([Behind, 0, Behind], seen);
    }

    [Fact]
    public async Task Nothing_is_begun_while_others_queue()
    {
        var othersQueue = true;
        using var asked = new ManualResetEventSlim();
        using var threads = new YieldingThreads("test", 1, () => true, () =>
        {
            asked.Set();
            return Volatile.Read(ref othersQueue);
        });
        var begun = false;
        var work = threads.RunAsync(() =>
        {
            begun = true;
            return Task.CompletedTask;
        });
        asked.Wait(Stop);
        Assert.False(begun);
        Volatile.Write(ref othersQueue, false);
        await work;
        Assert.True(begun);
    }

    [Fact]
    public async Task Work_that_others_kept_waiting_takes_its_share_once_it_may_not_be_held_up()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has nice values.");
        var mayYield = true;
        using var threads = new YieldingThreads("test", 1, () => Volatile.Read(ref mayYield), () =>
        {
            Volatile.Write(ref mayYield, false);
            return true;
        });
        var seen = -1;
        await threads.RunAsync(() =>
        {
            seen = Nice();
            return Task.CompletedTask;
        });
        Assert.Equal(0, seen);
    }

    [Fact]
    public async Task A_failure_comes_to_whoever_waits_and_the_threads_go_on()
    {
        using var threads = new YieldingThreads("test", 1, () => true, Nobody);
        await Assert.ThrowsAsync<InvalidDataException>(() => threads.RunAsync(async () =>
        {
            await Task.Yield();
            throw new InvalidDataException();
        }));
        var done = false;
        await threads.RunAsync(() =>
        {
            done = true;
            return Task.CompletedTask;
        });
        Assert.True(done);
    }

    [Fact]
    public async Task Who_cannot_say_whether_it_may_be_held_up_goes_on_all_the_same()
    {
        using var threads = new YieldingThreads("test", 1, () => throw new TimeoutException("The log is away."), () => true);
        await threads.RunAsync(async () =>
        {
            await Task.Yield();
            await Task.Delay(1, Stop);
        }).WaitAsync(TimeSpan.FromSeconds(10), Stop);
    }

    [Fact]
    public void What_is_made_behind_all_others_starts_its_threads_there()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has nice values.");
        var started = LowPriority.Make(() =>
        {
            var nice = -1;
            var thread = new Thread(() => nice = Nice());
            thread.Start();
            thread.Join();
            return nice;
        });
        Assert.Equal(Behind, started);
        Assert.Throws<InvalidDataException>(() => LowPriority.Make<int>(() => throw new InvalidDataException()));
    }

    /// <summary>Of the calling thread, as the kernel has it: the nineteenth field of its line, the seventeenth after the name in parentheses.</summary>
    static int Nice()
    {
        var line = File.ReadAllText("/proc/thread-self/stat");
        return int.Parse(line[(line.LastIndexOf(')') + 2)..].Split(' ')[16], CultureInfo.InvariantCulture);
    }
}
