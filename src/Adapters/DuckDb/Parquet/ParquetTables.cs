using DuckDB.NET.Data;
using Footfall.Adapters.Sql;

namespace Footfall.Adapters.DuckDb.Parquet;

/// <summary>
/// Reads the partitions of a shared folder by an in-memory DuckDB, each question in one version of every partition. Whether there is a newer
/// version is looked up at the start of a question: one look for a name a partition. Thread-safe.
/// </summary>
public sealed class ParquetTables : IReportTables, IReportFiles, IDisposable
{
    readonly DuckDBConnection _database;
    readonly PartitionFolder[] _folders;
    readonly PartitionManifest?[] _known;
    int _files;

    public ParquetTables(ParquetOptions options)
    {
        Options = options;
        _folders = [.. options.Partitions.Select(partition => new PartitionFolder(options.Disk, options.Folder, partition))];
        _known = new PartitionManifest?[_folders.Length];
        // What a process left that was killed.
        if (Directory.Exists(options.Scratch))
            Directory.Delete(options.Scratch, recursive: true);
        Directory.CreateDirectory(options.Scratch);
        _database = ParquetDatabase.Open(options);
    }

    /// <summary>How many data files the last question could have opened.</summary>
    public int FilesOfLastQuestion => Volatile.Read(ref _files);

    internal ParquetOptions Options { get; }

    public DuckDBConnection Open()
    {
        var connection = _database.Duplicate();
        connection.Open();
        return connection;
    }

    public void Dispose() => _database.Dispose();

    IFilesOfState IReportFiles.Newest() => new FilesOfState(this, Newest());

    T IReportTables.InOneState<T>(ReportConnection connection, Func<Action<ReportScope>, T> work) =>
        InOneState(state => connection.InSnapshot(() => work(scope => Show(connection, state, scope))));

    /// <summary>
    /// Runs something over the newest version of every partition, and once more when files of it were deleted under it: they are kept for longer
    /// than a report may run, and no longer.
    /// </summary>
    internal T InOneState<T>(Func<List<(PartitionFolder Folder, PartitionManifest Manifest)>, T> work)
    {
        var state = Newest();
        try
        {
            return work(state);
        }
        catch (DuckDBException) when (Newest() is var newer && !newer.SequenceEqual(state))
        {
            return work(newer);
        }
    }

    internal PartitionFolder FolderOf(int partition) =>
        _folders.FirstOrDefault(folder => folder.Partition == partition)
        ?? throw new ArgumentOutOfRangeException(nameof(partition), partition, "The warehouse was not opened with this partition.");

    /// <summary>The newest version of every partition.</summary>
    internal List<(PartitionFolder Folder, PartitionManifest Manifest)> Newest()
    {
        var state = new List<(PartitionFolder, PartitionManifest)>(_folders.Length);
        foreach (var (index, folder) in _folders.Index())
        {
            var newest = folder.Newest(_known[index]);
            _known[index] = newest;
            state.Add((folder, newest));
        }
        return state;
    }

    void Show(ReportConnection connection, List<(PartitionFolder, PartitionManifest)> state, ReportScope scope)
    {
        var views = new FileViews(state, scope);
        connection.With(views.ShowReports);
        Volatile.Write(ref _files, views.Files);
    }
}
