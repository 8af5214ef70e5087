using System.Collections.Immutable;

namespace PrivacyFunctions.DataMap;

/// <summary>The data map was refused. Nothing may run on a map with a gap, so the program does not start.</summary>
internal sealed class DataMapException(IEnumerable<string> problems) : Exception
{
    /// <summary>All of them, each naming its data set and what is missing.</summary>
    public ImmutableArray<string> Problems { get; } = [.. problems];

    public override string Message => Problems is [var only]
        ? $"The data map is refused: {only}."
        : $"The data map is refused:{string.Concat(Problems.Select(problem => $"\n- {problem}"))}";
}
