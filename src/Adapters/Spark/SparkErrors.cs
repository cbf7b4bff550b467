using System.Text.RegularExpressions;
using Grpc.Core;

namespace Footfall.Adapters.Spark;

/// <summary>What Spark says when it fails. Its errors come as texts that begin with their class in brackets.</summary>
static partial class SparkErrors
{
    /// <summary>The server does not know the statement any more, or never came to know it.</summary>
    public const string UnknownOperation = "INVALID_HANDLE.OPERATION_NOT_FOUND";

    /// <summary>The session is gone: the server was started anew, or it lay idle for too long.</summary>
    static readonly string[] Gone = ["INVALID_HANDLE.SESSION_NOT_FOUND", "INVALID_HANDLE.SESSION_CHANGED", "INVALID_HANDLE.SESSION_CLOSED", "INVALID_CURSOR.DISCONNECTED"];

    public static SparkException From(RpcException failure)
    {
        var name = ClassOf(failure.Status.Detail);
        var away = failure.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded;
        var text = failure.StatusCode == StatusCode.Unauthenticated ? "it does not accept the token" : failure.Status.Detail.Trim();
        return new SparkException(away ? $"Spark does not answer: {text}" : $"Spark: {text}", name, away, failure);
    }

    public static bool IsOf(RpcException failure, string name) => ClassOf(failure.Status.Detail) == name;

    public static bool IsBroken(RpcException failure) => failure.StatusCode is StatusCode.Unavailable
        || (failure.StatusCode == StatusCode.Internal && failure.Status.DebugException is IOException or HttpRequestException);

    public static bool IsOfSession(SparkException failure) => failure.IsAway || Gone.Contains(failure.ErrorClass, StringComparer.Ordinal);

    static string ClassOf(string text) => Class().Match(text) is { Success: true } found ? found.Groups[1].Value : "";

    [GeneratedRegex(@"^\s*\[([A-Z0-9_.]+)\]", RegexOptions.NonBacktracking)]
    private static partial Regex Class();
}
