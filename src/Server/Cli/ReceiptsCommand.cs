using System.CommandLine;
using System.Globalization;
using Footfall.Server.Cli.Wire;
using Spectre.Console;

namespace Footfall.Server.Cli;

/// <summary>Shows what was erased, and whether its receipts are genuine.</summary>
sealed class ReceiptsCommand : ServerCommand
{
    readonly Argument<string?> _id = new("id") { Description = "Show one receipt whole.", Arity = ArgumentArity.ZeroOrOne };

    public ReceiptsCommand(CliContext context)
        : base(context, "receipts", "Show the signed receipts of what was erased.", "footfall receipts", "footfall receipts 20261124-093000-1a2b3c4d")
    {
        Arguments.Add(_id);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        await using var connection = await ConnectAsync(parsed, create: false, cancellation);
        if (parsed.GetValue(_id) is { } id)
        {
            await ShowAsync(await connection.Client.ErasureAsync(id, cancellation));
            return CommandLine.Ok;
        }
        var erasures = (await connection.Client.ErasuresAsync(cancellation)).Erasures;
        if (erasures.Count == 0)
        {
            await Context.Out.WriteLineAsync("Nothing was ever erased; 'footfall forget' does.");
            return CommandLine.Ok;
        }
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("Id", "Site", "Visitor", "State", "Signature");
        table.AddColumn(new TableColumn("Hits").RightAligned());
        foreach (var erasure in erasures)
        {
            table.AddRow(
                erasure.Id, Markup.Escape(erasure.SiteName), erasure.Visitor ?? "all", Markup.Escape(erasure.Problem ?? erasure.State), Genuine(erasure),
                erasure.Receipt?.Hits.ToString("N0", CultureInfo.InvariantCulture) ?? "");
        }
        Context.Console.Write(table);
        return erasures.Any(erasure => erasure.IsGenuine is false) ? CommandLine.Failed : CommandLine.Ok;
    }

    async Task ShowAsync(ErasureAnswer erasure)
    {
        await Context.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{erasure.Id}: {erasure.SiteName}, {(erasure.Visitor is { } visitor ? "visitor " + visitor : "all of it")}, asked for at {erasure.RequestedAt:yyyy-MM-dd HH:mm:ss} UTC, {erasure.State}."));
        if (erasure.Problem is { } problem)
            await Context.Out.WriteLineAsync($"It is tried again, because {problem}");
        if (erasure.Receipt is not { } receipt)
            return;
        await Context.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"Done at {receipt.CompletedAt:yyyy-MM-dd HH:mm:ss} UTC, up to {receipt.Through}: {receipt.Hits:N0} hits, {receipt.Events:N0} events, {receipt.Visits:N0} visits; {receipt.LostBlocks} damaged blocks."));
        foreach (var segment in receipt.Segments)
            await Context.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  offsets {segment.Start} to {segment.End}: {segment.Hits:N0} hits, {segment.Before} is now {segment.After ?? "gone"}"));
        await Context.Out.WriteLineAsync($"Signature ({Genuine(erasure)}): {erasure.Signature}");
    }

    static string Genuine(ErasureAnswer erasure) => erasure.IsGenuine switch { true => "genuine", false => "FORGED OR DAMAGED", null => "" };
}
