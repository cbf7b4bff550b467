using System.Globalization;
using Footfall.Server.Cli.Wire;
using Spectre.Console;

namespace Footfall.Server.Cli.Rebuild;

/// <summary>Waits for a rebuild and shows how it gets on: a bar on a terminal, a line every few seconds elsewhere.</summary>
sealed class RebuildDisplay(CliContext context, FootfallClient client)
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan LinePause = TimeSpan.FromSeconds(5);

    /// <returns>The rebuild once nothing more is done by itself.</returns>
    public async Task<RebuildAnswer> WaitAsync(RebuildAnswer rebuild, CancellationToken cancellation)
    {
        if (!context.Interactive)
            return await WaitAsync(rebuild, _ => { }, WriteLine, cancellation);
        var last = rebuild;
        await context.Console.Progress()
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(async progress =>
            {
                var bar = progress.AddTask(Markup.Escape(Words(rebuild)), maxValue: 1);
                last = await WaitAsync(
                    rebuild,
                    now =>
                    {
                        bar.Description = Markup.Escape(Words(now));
                        bar.IsIndeterminate = now is { Working: true, Progress: null };
                        bar.Value = now.Working ? now.Progress?.Share ?? 0 : 1;
                    },
                    _ => { },
                    cancellation);
            });
        return last;
    }

    async Task<RebuildAnswer> WaitAsync(RebuildAnswer rebuild, Action<RebuildAnswer> show, Action<RebuildAnswer> line, CancellationToken cancellation)
    {
        var told = context.Clock.GetTimestamp();
        while (rebuild.Working)
        {
            show(rebuild);
            if (context.Clock.GetElapsedTime(told) > LinePause)
            {
                line(rebuild);
                told = context.Clock.GetTimestamp();
            }
            await Task.Delay(Pause, context.Clock, cancellation);
            rebuild = (await client.RebuildsAsync(cancellation)).Rebuild is { } now && now.Id == rebuild.Id
                ? now
                : throw new UserErrorException("The rebuild was ended by somebody else.");
        }
        show(rebuild);
        return rebuild;
    }

    void WriteLine(RebuildAnswer rebuild) => context.Out.WriteLine(Words(rebuild));

    public static string Words(RebuildAnswer rebuild)
    {
        var words = rebuild.Phase switch
        {
            "copying" => "copying what is live",
            "replaying" => "reading the raw hits",
            "combining" => "combining old and new",
            "comparing" => "comparing old and new",
            "ready" when rebuild.Working => "switching",
            "switched" when rebuild.Working => "rolling back",
            "rolled_back" when rebuild.Working => "switching",
            _ => rebuild.Phase.Replace('_', ' '),
        };
        if (rebuild.Progress is { } progress)
        {
            words += string.Create(CultureInfo.InvariantCulture, $", {progress.Share:P0}, {progress.Hits:N0} hits, {progress.HitsPerSecond:N0}/s");
            if (progress.SecondsLeft is { } left)
                words += string.Create(CultureInfo.InvariantCulture, $", {TimeSpan.FromSeconds(Math.Min(left, 8_640_000)):d\\.hh\\:mm\\:ss} left").Replace(" 0.", " ", StringComparison.Ordinal);
        }
        return rebuild.Problem is { } problem ? $"{words}; it is tried again, because {problem}" : words;
    }
}
