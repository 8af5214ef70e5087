using NetArchTest.Rules;
using PrivacyFunctions.LocalHost.Engine;

namespace PrivacyFunctions.Tests.Architecture;

/// <summary>Data flows one way: trigger, orchestrator, activity, port; Domain imports nothing of the rest.</summary>
public class DependencyTests
{
    private static readonly string[] AppNamespaces =
        [
            "Accounts", "Backups", "Callers", "Cases", "Consent", "DataMap", "Evidence", "Exports", "Links", "Mail", "Operations", "Pages",
            "Policy", "Records", "Requests", "Sources", "Sweeps",
        ];

    private static Types App => Types.InAssembly(typeof(Composition).Assembly);

    [Fact]
    public void Domain_DependsOnNothingButTheBaseLibrary() => Holds(
        App.That().ResideInNamespace("PrivacyFunctions.Domain").ShouldNot().HaveDependencyOnAny(
            [
                .. AppNamespaces.Select(name => $"PrivacyFunctions.{name}"),
                "Microsoft", "Azure", "SendGrid", "NodaTime", "CsvHelper",
            ]));

    [Fact]
    public void DataMap_KnowsNoRequestsRecordsOrMail() => Holds(
        App.That().ResideInNamespace("PrivacyFunctions.DataMap").ShouldNot().HaveDependencyOnAny(
            "PrivacyFunctions.Requests", "PrivacyFunctions.Accounts", "PrivacyFunctions.Cases", "PrivacyFunctions.Records",
            "PrivacyFunctions.Mail", "PrivacyFunctions.Pages", "PrivacyFunctions.Sources"));

    [Fact]
    public void Sources_KnowNoRequestsRecordsOrMail() => Holds(
        App.That().ResideInNamespace("PrivacyFunctions.Sources").ShouldNot().HaveDependencyOnAny(
            "PrivacyFunctions.Requests", "PrivacyFunctions.Accounts", "PrivacyFunctions.Cases", "PrivacyFunctions.Records",
            "PrivacyFunctions.Mail", "PrivacyFunctions.Pages"));

    [Fact]
    public void Mail_KnowsNoRequestsPagesOrOperations() => Holds(
        App.That().ResideInNamespace("PrivacyFunctions.Mail").ShouldNot().HaveDependencyOnAny(
            "PrivacyFunctions.Requests", "PrivacyFunctions.Accounts", "PrivacyFunctions.Cases", "PrivacyFunctions.Pages",
            "PrivacyFunctions.Operations", "PrivacyFunctions.Consent"));

    [Fact]
    public void Records_KnowNoRequestsMailOrPages() => Holds(
        App.That().ResideInNamespace("PrivacyFunctions.Records").ShouldNot().HaveDependencyOnAny(
            "PrivacyFunctions.Requests", "PrivacyFunctions.Accounts", "PrivacyFunctions.Cases", "PrivacyFunctions.Mail",
            "PrivacyFunctions.Pages", "PrivacyFunctions.Operations", "PrivacyFunctions.Consent"));

    [Fact]
    public void App_DoesNotKnowWhichRuntimeItRunsOn() => Holds(
        App.ShouldNot().HaveDependencyOn("PrivacyFunctions.LocalHost"));

    [Fact]
    public void Engine_KnowsNothingOfFunctionsOrTheApp() => Holds(
        Types.InAssembly(typeof(DurableEngine).Assembly)
            .That().ResideInNamespace("PrivacyFunctions.LocalHost.Engine")
            .ShouldNot().HaveDependencyOnAny(
                [
                    .. AppNamespaces.Append("Domain").Select(name => $"PrivacyFunctions.{name}"),
                    "PrivacyFunctions.LocalHost.Worker", "PrivacyFunctions.LocalHost.Hosting",
                    "PrivacyFunctions.LocalHost.CommandLine", "Microsoft.Azure.Functions",
                ]));

    [Fact]
    public void Worker_KnowsNothingOfTheApp() => Holds(
        Types.InAssembly(typeof(DurableEngine).Assembly)
            .That().ResideInNamespace("PrivacyFunctions.LocalHost.Worker")
            .ShouldNot().HaveDependencyOnAny([.. AppNamespaces.Append("Domain").Select(name => $"PrivacyFunctions.{name}")]));

    private static void Holds(ConditionList rule)
    {
        var result = rule.GetResult();
        Assert.True(result.IsSuccessful, $"These types look the wrong way: {string.Join(", ", result.FailingTypeNames ?? [])}");
    }
}
