using System.Reflection;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Architecture;

/// <summary>Every flow is shown on whatever host the scenarios run against; what is skipped elsewhere only kills the host.</summary>
public class AnyHostTests
{
    private static readonly IReadOnlyList<MethodInfo> Scenarios =
        [.. typeof(ScenarioHost).Assembly.GetTypes()
            .Where(type => type.Namespace?.Contains(".Scenarios", StringComparison.Ordinal) is true)
            .SelectMany(type => type.GetMethods()).Where(method => method.IsDefined(typeof(FactAttribute)))];

    private static readonly IReadOnlyList<MethodInfo> OnAnyHost =
        [.. Scenarios.Where(method => !method.IsDefined(typeof(LocalFactAttribute)))];

    [Fact]
    public void Promises_ThatAScenarioHolds_AreHeldOnAnyHostToo()
    {
        var everywhere = OnAnyHost.SelectMany(ClausesOf).ToHashSet();

        Assert.NotEmpty(everywhere);
        var skipped = Scenarios.SelectMany(ClausesOf).Distinct().Except(everywhere).ToList();
        Assert.True(skipped.Count == 0, $"No scenario holds {string.Join(", ", skipped)} on any host.");
    }

    [Fact]
    public void Scenarios_ThatOnlyALocalHostAllows_KillItOrNameTheTestsOfTheirFlowOnAnyHost()
    {
        var local = Scenarios.Except(OnAnyHost).ToList();

        Assert.NotEmpty(local);
        Assert.All(local, scenario =>
        {
            var attribute = scenario.GetCustomAttribute<LocalFactAttribute>()!;
            if (attribute.Does == LocalFactAttribute.KillsTheHost || !ClausesOf(scenario).Any()) return;
            Assert.True(
                OnAnyHost.Any(other => other.DeclaringType == attribute.OnAnyHost && ClausesOf(other).Intersect(ClausesOf(scenario)).Any()),
                $"{scenario.DeclaringType!.Name}.{scenario.Name} is skipped elsewhere, and no test on any host holds a promise of it.");
        });
    }

    private static IEnumerable<string> ClausesOf(MethodInfo scenario) =>
        scenario.GetCustomAttributes<ClauseAttribute>().Concat(scenario.DeclaringType!.GetCustomAttributes<ClauseAttribute>())
            .Select(clause => clause.Id);
}
