using System.Globalization;

namespace Footfall.Server.Cli.Import;

/// <summary>Waits until everything that was sent is in the numbers.</summary>
static class Processing
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan StandstillMax = TimeSpan.FromSeconds(30);

    public static async Task WaitAsync(CliContext context, FootfallClient client, bool quiet, CancellationToken cancellation)
    {
        var (position, since) = (-1L, context.Clock.GetTimestamp());
        while (true)
        {
            var status = await client.StatusAsync(cancellation);
            if (status.Processor is not { } processor || processor.LagBytes == 0)
            {
                await SayAsync("Everything is in the reports.");
                return;
            }
            if (processor.Failed is { } failed)
                throw new UserErrorException($"All events are safe at the server, but working them off failed there: {failed}");
            if (processor.Position != position)
                (position, since) = (processor.Position, context.Clock.GetTimestamp());
            else if (context.Clock.GetElapsedTime(since) > StandstillMax)
            {
                await SayAsync(string.Create(CultureInfo.InvariantCulture,
                    $"All events are safe at the server; {processor.LagBytes:N0} bytes of log are not in the reports yet, and it is not getting on; see 'footfall doctor'."));
                return;
            }
            await Task.Delay(Pause, context.Clock, cancellation);
        }

        Task SayAsync(string sentence) => quiet ? Task.CompletedTask : context.Out.WriteLineAsync(sentence);
    }
}
