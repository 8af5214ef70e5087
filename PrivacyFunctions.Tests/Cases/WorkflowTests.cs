using System.Text.Json;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Cases;

public class WorkflowTests
{
    private const string Digits = "00112233445566778899aabbccddeeff";
    private static readonly CaseId Id = CaseId.Parse(Digits);

    [Theory]
    [InlineData($"erasure-{Digits}", null)]
    [InlineData($"termination-{Digits}:purge", "purge")]
    [InlineData($"termination-{Digits}:purge:PurgeDataSet-3-2", "purge:PurgeDataSet-3-2")]
    [InlineData($"access-{Digits}:PackageExport-5", "PackageExport-5")]
    public void InstanceOfACase_WithItsStages_NamesTheCaseAndTheStage(string instance, string? scope)
    {
        Assert.Equal(Id, Kinds.All.CaseOf(instance));
        Assert.Equal(scope, Workflow.ScopeOf(instance));
    }

    [Theory]
    [InlineData("cleanup-2026-04-01:WakeDue-3-1")]
    [InlineData($"newsletter-{Digits}:1:SendNewsletterPage-0-1")]
    [InlineData("backup-2026-03-02")]
    public void InstanceOfNoCase_NamesNone(string instance) => Assert.Null(Kinds.All.CaseOf(instance));

    [Fact]
    public void CurrentVersion_IsTheOneThatOlderCodeRefuses()
    {
        using var host = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Repository", "host.json")));
        var durable = host.RootElement.GetProperty("extensions").GetProperty("durableTask");
        Assert.Equal(WorkflowVersion.Current, durable.GetProperty("defaultVersion").GetString());
    }

    [Fact]
    public void Kinds_EachOne_HasInstancesOfItsOwn() => Assert.All(
        Kinds.All.All, kind => Assert.Equal(Id, Kinds.All.CaseOf(Workflow.InstanceOf(kind.Kind, Id))));
}
