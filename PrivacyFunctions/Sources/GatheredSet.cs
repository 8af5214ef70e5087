using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.Sources;

/// <summary>The last guard before a store is asked: what may not enter a person's answer is not even read.</summary>
internal static class GatheredSet
{
    /// <exception cref="InvalidOperationException">The set is service data or excluded by the map.</exception>
    public static Find FindOf(DataSet set) =>
        set.IsGathered && set.Find is { } find
            ? find
            : throw new InvalidOperationException($"The data set '{set.Id}' is not gathered for a person.");
}
