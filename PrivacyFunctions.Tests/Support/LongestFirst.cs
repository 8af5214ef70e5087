using PrivacyFunctions.Tests.Support;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer($"PrivacyFunctions.Tests.Support.{nameof(LongestFirst)}", "PrivacyFunctions.Tests")]

namespace PrivacyFunctions.Tests.Support;

/// <summary>Starts with the tests that take longest, so that none of them runs on alone when everything else is done.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    // They start a program again and again, or live through months.
    private static readonly string[] Long = ["TerminationCrash", "TerminationDates", "Crash", "Leak", "Termination", "OnAnyHost", "Scenarios"];

    /// <inheritdoc/>
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => Place(collection.DisplayName)).ThenBy(collection => collection.DisplayName, StringComparer.Ordinal);

    private static int Place(string name)
    {
        var place = Array.FindIndex(Long, part => name.Contains(part, StringComparison.Ordinal));
        return place < 0 ? Long.Length : place;
    }
}
