using System.Text.Json.Serialization;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Cases;

/// <summary>A registration that cannot work is refused, before anything is stored by it.</summary>
public class CaseKindsTests
{
    public static TheoryData<string> States => [.. Kinds.All.All.Select(kind => kind.Kind.Name)];

    [Theory]
    [InlineData("newsletter")] // the instances of campaigns begin so
    [InlineData("agent")] // the mails to whoever asks for somebody else are counted so
    public void Name_ThatSomethingElseHas_IsRefused(string name) =>
        Assert.Throws<ArgumentException>(() => new CaseKinds([Of(CaseKind.Of(name), typeof(AccessRequest))]));

    [Fact]
    public void Kinds_OfOneName_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new CaseKinds([.. Kinds.All.All, Of(CaseKind.Access, typeof(AccessRequest))]));
        Assert.Throws<ArgumentException>(() => new CaseJson(
            [new(CaseKind.Access, typeof(AccessRequest)), new(CaseKind.Access, typeof(AccessRequest))]));
    }

    [Fact]
    public void State_ThatIsNoCase_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new CaseJson([new(CaseKind.Access, typeof(string))]));

    [Fact]
    public void Fact_WithoutAName_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new CaseJson([new(CaseKind.Access, typeof(AccessRequest), typeof(Nameless))]));

    [Fact]
    public void Kind_ThatIsNotRegistered_IsNotFound() =>
        Assert.Throws<InvalidOperationException>(() => Kinds.All.Of(CaseKind.Of("transmission")));

    // An override does not inherit the attribute: what is worked out would be stored, and shown to operators.
    [Theory]
    [MemberData(nameof(States))]
    public void State_WithWhatIsWorkedOut_StoresNoneOfIt(string kind) => Assert.All(
        Kinds.All.Of(CaseKind.Of(kind)).State.GetProperties().Where(property => property.GetMethod!.IsVirtual && !property.GetMethod.IsFinal
            && property.Name != "EqualityContract"),
        property => Assert.True(property.IsDefined(typeof(JsonIgnoreAttribute), inherit: false), property.Name));

    private static KindOfCase Of(CaseKind kind, Type state) =>
        new(kind, _ => 0, []) { State = state, Orchestrator = "Runs" };

    private sealed record Nameless : CaseFact
    {
        public sealed record Fact : CaseFact;
    }
}
