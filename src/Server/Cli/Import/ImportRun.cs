using System.Globalization;
using Footfall.Core.Hits.AccessLogs;
using Footfall.Server.Cli.Wire;

namespace Footfall.Server.Cli.Import;

/// <summary>The import of files into one site, with what is kept about it in the data folder.</summary>
/// <param name="Server">What tells servers apart in the kept state: an address, or <c>local</c> for the one of the data folder.</param>
sealed record ImportRun(CliContext Context, FootfallClient Client, SiteAnswer Site, string DataFolder, string Server)
{
    public AccessLogFormat? Format { get; init; }

    public bool Again { get; init; }

    public bool Quiet { get; init; }

    string Folder => Path.Combine(DataFolder, "imports");

    /// <summary>Imports one file, or standard input for <c>-</c>.</summary>
    /// <returns>How the import stands; complete unless something was thrown.</returns>
    public async Task<ImportState> FileAsync(string file, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Folder);
        var raw = file == "-" ? Context.OpenInput() : Open(file);
        var identity = raw is FileStream stream && file != "-" ? FileIdentity.Of(stream, Site.Id, Server) : "stdin";
        var statePath = Path.Combine(Folder, identity + ".json");
        var state = Begin(file, identity == "stdin" ? null : ImportState.Read(statePath));
        await using var content = await LogContent.OpenAsync(raw, cancellation);
        if (state.CompletedAt is { } done)
        {
            await SayAsync(string.Create(CultureInfo.InvariantCulture, $"{file} was already imported on {done:yyyy-MM-dd HH:mm} UTC, nothing to do (--again sends it once more)."));
            return state;
        }
        if (state.LineAcknowledged > 0)
            await SayAsync(string.Create(CultureInfo.InvariantCulture, $"{file}: going on after line {state.LineAcknowledged:N0}."));
        return await ImportAsync(file, content, statePath, state, cancellation);
    }

    async Task<ImportState> ImportAsync(string file, LogContent content, string statePath, ImportState state, CancellationToken cancellation)
    {
        using var checkpoint = new Checkpoint(statePath, state, Context.Clock);
        using var rejects = new RejectsFile(Path.Combine(Folder, (file == "-" ? "stdin" : Path.GetFileName(file)) + ".rejects.txt"));
        var import = new FileImport(Client, Site, content, Context.Clock);
        var began = Context.Clock.GetTimestamp();
        try
        {
            var work = import.RunAsync(Format, checkpoint, rejects, cancellation);
            await (Quiet ? work : new ImportDisplay(Context, file, import).ShowAsync(work));
        }
        catch (InvalidDataException error)
        {
            throw new UserErrorException($"{file} is damaged: {error.Message}", error);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            var how = file == "-" ? "send the same input again" : "run the same command again";
            await SayAsync(string.Create(CultureInfo.InvariantCulture,
                $"Stopped after line {checkpoint.State.LineAcknowledged:N0} of {file}; to go on, {how}: nothing is counted twice."));
            throw;
        }
        if (!Quiet)
            ImportSummary.Write(Context, import.Tally, rejects, import.Sender?.Sent ?? 0, Context.Clock.GetElapsedTime(began));
        return checkpoint.State;
    }

    ImportState Begin(string file, ImportState? before) =>
        before is null || Again ? new ImportState { File = file, Site = Site.Domains[0] } : before;

    Task SayAsync(string sentence) => Quiet ? Task.CompletedTask : Context.Out.WriteLineAsync(sentence);

    static FileStream Open(string file)
    {
        try
        {
            return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserErrorException($"There is no file {file}.", error);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new UserErrorException($"The file {file} cannot be read: {error.Message}", error);
        }
    }
}
