using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace Footfall.Drill.Faults;

/// <summary>
/// A rebuild of everything, a switch and now and then a rollback while events come in, with kills at random moments of all three. What was
/// acknowledged must be in whichever version is live, once.
/// </summary>
static class RebuildSwitchFault
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static async Task RunAsync(Drill drill)
    {
        var id = await StartAsync(drill);
        await KillSometimesAsync(drill, 3_000);
        await UntilAsync(drill, id, "ready");
        await TurnAsync(drill, id, "switch");
        await KillSometimesAsync(drill, 700);
        await UntilAsync(drill, id, "switched");
        if (drill.Random.Next(2) == 0)
        {
            await TurnAsync(drill, id, "rollback");
            await KillSometimesAsync(drill, 700);
            await UntilAsync(drill, id, "rolled_back");
        }
        await drill.AcknowledgesAsync();
    }

    static async Task<string> StartAsync(Drill drill)
    {
        using var answer = await drill.Server.Api.Http.PostAsJsonAsync("/api/v1/rebuilds", new { });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    static async Task TurnAsync(Drill drill, string id, string verb)
    {
        using var answer = await drill.Server.Api.Http.PostAsync($"/api/v1/rebuilds/{id}/{verb}", null);
        if (answer.StatusCode != HttpStatusCode.Accepted)
            throw new InvalidOperationException($"{verb} was answered {answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    static async Task KillSometimesAsync(Drill drill, int withinMilliseconds)
    {
        await drill.RunOnAsync(0, withinMilliseconds);
        if (drill.Random.Next(3) > 0)
            await drill.KillAndStartAsync();
    }

    static async Task UntilAsync(Drill drill, string id, string phase)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var rebuild = await drill.Server.Api.Http.GetFromJsonAsync<JsonElement>($"/api/v1/rebuilds/{id}");
            if (rebuild.GetProperty("phase").GetString() == phase && !rebuild.GetProperty("working").GetBoolean())
                return;
            if (Stopwatch.GetElapsedTime(began) > Patience)
                throw new TimeoutException($"The rebuild does not become {phase}: {rebuild}\n{drill.Server.Output}");
            await Task.Delay(100);
        }
    }
}
