using System.Globalization;
using Spectre.Console;

namespace Footfall.Server.Cli.Import;

/// <summary>Shows how an import gets on: a bar on a terminal, a line every few seconds elsewhere.</summary>
sealed class ImportDisplay(CliContext context, string name, FileImport import)
{
    static readonly TimeSpan BarPause = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan LinePause = TimeSpan.FromSeconds(5);

    readonly long _began = context.Clock.GetTimestamp();

    public async Task ShowAsync(Task work)
    {
        if (context.Interactive)
            await ShowBarAsync(work);
        else
            await ShowLinesAsync(work);
        await work;
    }

    Task ShowBarAsync(Task work) => context.Console.Progress()
        .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .StartAsync(async progress =>
        {
            var bar = progress.AddTask(Markup.Escape(name), maxValue: Math.Max(1, import.BytesTotal ?? 1));
            bar.IsIndeterminate = import.BytesTotal is null;
            while (!work.IsCompleted)
            {
                bar.Value = import.BytesRead;
                bar.Description = Markup.Escape($"{name}  {Words()}");
                await Task.WhenAny(work, Task.Delay(BarPause, context.Clock));
            }
            if (work.IsCompletedSuccessfully)
                bar.Value = bar.MaxValue;
            bar.Description = Markup.Escape($"{name}  {Words()}");
        });

    async Task ShowLinesAsync(Task work)
    {
        while (await Task.WhenAny(work, Task.Delay(LinePause, context.Clock)) != work)
        {
            var part = import.BytesTotal is > 0 and { } total
                ? string.Create(CultureInfo.InvariantCulture, $"{(double)import.BytesRead / total:P0} of ")
                : "";
            await context.Out.WriteLineAsync($"{part}{name}: {Words()}");
        }
    }

    string Words()
    {
        var seconds = Math.Max(0.001, context.Clock.GetElapsedTime(_began).TotalSeconds);
        var rate = string.Create(CultureInfo.InvariantCulture, $"{import.Tally.Lines:N0} lines, {import.Tally.Lines / seconds:N0}/s");
        return import.Sender?.Waiting is { } waiting ? $"{rate}, waiting: {waiting}" : rate;
    }
}
