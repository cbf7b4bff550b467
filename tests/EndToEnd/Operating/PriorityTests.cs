using System.Globalization;

namespace Footfall.EndToEnd.Operating;

public sealed class PriorityTests
{
    const int EventsEach = 1_000;
    const int Requests = 20;

    [Fact]
    public async Task Hits_are_worked_off_by_threads_that_run_behind_all_others()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has nice values.");
        await using var server = await FootfallServer.StartAsync();
        await server.Api.AddSiteAsync("priority.example");
        var batch = "[" + string.Join(',', Enumerable.Repeat("{\"site\":\"priority.example\",\"url\":\"https://priority.example/\"}", EventsEach)) + "]";
        for (var request = 0; request < Requests; request++)
        {
            using var answer = await server.Api.SendAsync(batch);
            answer.EnsureSuccessStatusCode();
        }
        var totals = (await server.Api.SettledLedgerAsync("priority.example")).Totals;
        Assert.Equal(EventsEach * Requests, totals.Accepted);

        var threads = Directory.GetDirectories($"/proc/{server.Pid}/task").Select(Read).ToList();
        var processors = threads.Where(thread => thread.Name == "processor").ToList();
        Assert.Equal([10, 10], processors.Select(thread => thread.Nice));
        Assert.True(processors.Sum(thread => thread.Ticks) > 0, "The processor's threads have done nothing.");
        Assert.Equal(0, Assert.Single(threads, thread => thread.Name == "hit log").Nice);
    }

    /// <summary>The kernel's line about a thread: after the name in parentheses, user and system time are the 12th and 13th field, the nice value the 17th.</summary>
    static (string Name, int Nice, long Ticks) Read(string task)
    {
        var line = File.ReadAllText(Path.Combine(task, "stat"));
        var (open, close) = (line.IndexOf('('), line.LastIndexOf(')'));
        var fields = line[(close + 2)..].Split(' ');
        return (line[(open + 1)..close], (int)Number(16), Number(11) + Number(12));

        long Number(int at) => long.Parse(fields[at], CultureInfo.InvariantCulture);
    }
}
