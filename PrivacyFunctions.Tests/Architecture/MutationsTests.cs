using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Architecture;

/// <summary>The faults that <c>.ci/mutations</c> puts into the app still fit it, and the tests that must find them are there.</summary>
public class MutationsTests
{
    private const string Folder = "PrivacyFunctions.Tests/Mutations/";

    public static TheoryData<string> Mutations => [.. RepositoryFiles.Ending(".txt").Where(path => path.StartsWith(Folder, StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Mutations))]
    public void Mutation_OfTheSet_FitsOnePlaceAndNamesTestsThatExist(string path)
    {
        var lines = RepositoryFiles.Read(path).Split('\n');
        string[] Of(string mark) => [.. lines.Where(line => line.StartsWith(mark, StringComparison.Ordinal)).Select(line => line[mark.Length..])];
        var (from, to, tests) = (string.Join('\n', Of("- ")), string.Join('\n', Of("+ ")), Of("test "));

        Assert.NotEqual(from, to);
        Assert.Equal(2, RepositoryFiles.Read(Assert.Single(Of("file "))).Split(from).Length);
        Assert.NotEmpty(tests);
        Assert.All(tests, test => Assert.True(IsThere(test.Split('.')), $"{path}: there is no test {test}."));
    }

    private static bool IsThere(string[] test) => test is [var type, var method] && typeof(MutationsTests).Assembly.GetTypes().Any(
        one => one.Name == type && one.GetMethod(method)?.IsDefined(typeof(FactAttribute), inherit: true) is true);
}
