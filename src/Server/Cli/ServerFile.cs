using System.Text.Json;

namespace Footfall.Server.Cli;

/// <summary>
/// How commands find the server that runs on a data folder: <c>server.json</c> in it, readable by its owner alone, written once the server answers
/// and deleted when it stops. After a kill it stays behind, so a reader must be ready to find nobody at the address.
/// </summary>
/// <param name="Address">Such as <c>http://127.0.0.1:8080</c>.</param>
/// <param name="Token">A bearer token that may do everything; new at every start.</param>
/// <param name="Pid">The server's process.</param>
public sealed record ServerFile(string Address, string Token, int Pid)
{
    const string Name = "server.json";

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Null when there is none, or none that can be understood.</summary>
    public static ServerFile? Read(string dataFolder)
    {
        try
        {
            return JsonSerializer.Deserialize<ServerFile>(File.ReadAllBytes(Path.Combine(dataFolder, Name)), Json);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public void Write(string dataFolder)
    {
        var path = Path.Combine(dataFolder, Name);
        var draft = path + ".new";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(draft, options))
            JsonSerializer.Serialize(file, this, Json);
        File.Move(draft, path, overwrite: true);
    }

    public static void Delete(string dataFolder) => File.Delete(Path.Combine(dataFolder, Name));
}
