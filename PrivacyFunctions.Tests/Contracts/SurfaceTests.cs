using System.Runtime.CompilerServices;
using Microsoft.DurableTask;

namespace PrivacyFunctions.Tests.Contracts;

/// <summary>
/// PrivacyFunctions.Contracts copies part of the public surface of the real packages. surface.txt beside this file holds
/// the lines of the real surface that the copy needs; whatever the copy has must be there, word for word.
/// </summary>
/// <remarks>
/// When Contracts grows, the lines come from a full listing of the real packages' surface, never from the copy itself: run
/// this test with PF_API_SURFACE set to that listing's path. It rewrites surface.txt with the listed lines of every type
/// and member that Contracts has; what the listing lacks stays out, and the test fails on it.
/// </remarks>
public sealed class SurfaceTests
{
    [Fact]
    public void Contracts_EveryTypeAndMember_IsPartOfTheRealSurface()
    {
        var ours = ApiSurface.Of(typeof(TaskOrchestrationContext).Assembly);
        var file = Path.Combine(AppContext.BaseDirectory, "Contracts", "surface.txt");
        if (Environment.GetEnvironmentVariable("PF_API_SURFACE") is { Length: > 0 } listing)
            File.WriteAllLines(file = SourceFile(), Needed(ours, ApiSurface.Parse(File.ReadLines(listing))));

        var real = ApiSurface.Parse(File.ReadLines(file));
        var differences = ours.SelectMany(type => real.TryGetValue(type.Key, out var members)
            ? type.Value.Except(members).Select(member => $"no such member: {type.Key}: {member}")
            : [$"no such type, or of another kind: {type.Key}"]);

        Assert.Empty(differences);
        Assert.Empty(real.Keys.Except(ours.Keys)); // lines that nothing needs any more
    }

    [Fact]
    public void Surface_AnotherSignature_IsADifference()
    {
        var members = ApiSurface.Of(typeof(SurfaceTests).Assembly)[$"class {typeof(Sample).FullName!.Replace('+', '.')}"];

        Assert.Equal(
            [
                "public System.String? Name { get; init; }",
                "public ctor()",
                "public static System.Collections.Generic.List<System.String?> All<T>"
                + "(System.Int32? count = default, params System.Object[] values) "
                + "where T : class, System.IDisposable, new()",
            ],
            members);
    }

    private static IEnumerable<string> Needed(
        SortedDictionary<string, SortedSet<string>> ours, SortedDictionary<string, SortedSet<string>> real)
    {
        foreach (var (header, members) in ours)
        {
            if (!real.TryGetValue(header, out var there))
                continue;
            yield return header;
            foreach (var member in members.Where(there.Contains))
                yield return $"  {member}";
        }
    }

    private static string SourceFile([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "surface.txt");

    public class Sample
    {
        public string? Name { get; init; }

        public static List<string?> All<T>(int? count = null, params object[] values)
            where T : class, IDisposable, new() => throw new NotSupportedException($"{count} {values}");
    }
}
