namespace Footfall.Server;

/// <summary>A problem as the result of a handler.</summary>
sealed class ProblemResult(Problem problem) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => problem.WriteAsync(httpContext);
}
