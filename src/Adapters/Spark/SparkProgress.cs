using Footfall.Adapters.Spark.Protocol;

namespace Footfall.Adapters.Spark;

/// <summary>How far a statement is: of the stages that Spark has planned by now, which may become more.</summary>
/// <param name="Read">Bytes of input.</param>
public readonly record struct SparkProgress(long Tasks, long TasksDone, long Read)
{
    internal static SparkProgress From(ExecutePlanResponse.Types.ExecutionProgress progress) => new(
        progress.Stages.Sum(stage => stage.NumTasks), progress.Stages.Sum(stage => stage.NumCompletedTasks), progress.Stages.Sum(stage => stage.InputBytesRead));
}
