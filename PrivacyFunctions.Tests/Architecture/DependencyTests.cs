using NetArchTest.Rules;
using PrivacyFunctions.LocalHost.Engine;

namespace PrivacyFunctions.Tests.Architecture;

/// <summary>Data flows one way: trigger, orchestrator, activity, port; the model of a capability imports nothing of the rest.</summary>
public class DependencyTests
{
    private const string Subjects = "PrivacyFunctions.Subjects";

    private static readonly Type[] AppTypes = [.. typeof(Composition).Assembly.GetTypes()
        .Where(type => type.Namespace?.StartsWith("PrivacyFunctions", StringComparison.Ordinal) is true)];

    private static readonly string[] Models = [.. AppTypes.Where(IsPure).Select(type => type.Namespace!).Distinct()];

    private static Types App => Types.InAssembly(typeof(Composition).Assembly);

    [Fact]
    public void Model_DependsOnNothingButOtherModelsAndTheBaseLibrary()
    {
        Assert.Contains("PrivacyFunctions.Cases.Model", Models);
        foreach (var model in Models)
            Holds(App.That().ResideInNamespace(model).Should().OnlyHaveDependenciesOn([.. Models, "System"]));
    }

    [Fact]
    public void DataMap_KnowsNoRequestsRecordsOrMail() => Holds(
        "PrivacyFunctions.DataMap", "Requests", "Terminations", "Newsletters", "Cases", "LegalHolds", "Records", "Mail", "Web", "Sources");

    [Fact]
    public void Sources_KnowNoRequestsRecordsOrMail() => Holds(
        "PrivacyFunctions.Sources", "Requests", "Terminations", "Newsletters", "Cases", "LegalHolds", "Records", "Mail", "Web");

    [Fact]
    public void Mail_KnowsNoRequestsOrPages() => Holds(
        "PrivacyFunctions.Mail", "Requests", "Terminations", "Newsletters", "Cases", "LegalHolds", "Web");

    [Fact]
    public void Records_KnowNoRequestsMailOrPages() => Holds(
        "PrivacyFunctions.Records", "Requests", "Terminations", "Newsletters", "Cases", "LegalHolds", "Mail", "Web");

    [Fact]
    public void App_DoesNotKnowWhichRuntimeItRunsOn() => Holds(
        App.ShouldNot().HaveDependencyOn("PrivacyFunctions.LocalHost"));

    [Fact]
    public void Engine_KnowsNothingOfFunctionsOrTheApp() => Holds(
        Types.InAssembly(typeof(DurableEngine).Assembly)
            .That().ResideInNamespace("PrivacyFunctions.LocalHost.Engine")
            .ShouldNot().HaveDependencyOnAny(
                [
                    .. AppTypes.Select(type => type.FullName!),
                    "PrivacyFunctions.LocalHost.Worker", "PrivacyFunctions.LocalHost.Hosting",
                    "PrivacyFunctions.LocalHost.CommandLine", "Microsoft.Azure.Functions",
                ]));

    [Fact]
    public void Worker_KnowsNothingOfTheApp() => Holds(
        Types.InAssembly(typeof(DurableEngine).Assembly)
            .That().ResideInNamespace("PrivacyFunctions.LocalHost.Worker")
            .ShouldNot().HaveDependencyOnAny([.. AppTypes.Select(type => type.FullName!)]));

    // What a capability does is out of bounds; its model is not, nor is what data is about.
    private static void Holds(string @namespace, params string[] unknown) => Holds(
        App.That().ResideInNamespace(@namespace).ShouldNot().HaveDependencyOnAny([.. AppTypes
            .Where(type => !IsPure(type) && unknown.Any(folder => IsIn(type, $"PrivacyFunctions.{folder}")))
            .Select(type => type.FullName!)]));

    private static bool IsPure(Type type) =>
        type.Namespace!.EndsWith(".Model", StringComparison.Ordinal) || type.Namespace == Subjects;

    private static bool IsIn(Type type, string @namespace) =>
        type.Namespace == @namespace || type.Namespace!.StartsWith($"{@namespace}.", StringComparison.Ordinal);

    private static void Holds(ConditionList rule)
    {
        var result = rule.GetResult();
        Assert.True(result.IsSuccessful, $"These types look the wrong way: {string.Join(", ", result.FailingTypeNames ?? [])}");
    }
}
