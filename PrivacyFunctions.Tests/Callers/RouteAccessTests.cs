using System.Text.Json;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Callers;

/// <summary>Every route of the app, as the worker tells them to its host, says whom it is for, and docs/roles.md says the same.</summary>
[Clause("C-ACCESS")]
public class RouteAccessTests
{
    // A route that is to be for everybody is entered here, deliberately.
    private static readonly string[] ForEverybody =
    [
        "AnswerNotice", "AskTransmission", "ConfirmRequest", "ConfirmTermination", "CorrectOwnData", "HandOver", "OpenDownload", "ReceiveRequest",
        "ReceiveTermination", "SendDownloadCode", "ServeAsset", "ShowCodeForm", "ShowConfirmation",
        "ShowDownload", "ShowGpcSupport", "ShowHandOver", "ShowMessageForm", "ShowNotice", "ShowOpened", "ShowOwnData", "ShowPrivacyCentre", "ShowReceipt", "ShowReceiptKeys", "ShowRequestForm", "ShowSignedInForm", "ShowStanding", "ShowTermination", "ShowTerminationForm", "ShowTransmissionForm", "ShowUndo",
        "ShowUnsubscribe", "ShowWithdrawal", "SignHandOver", "StopTransmission", "StreamExport", "UndoTermination", "Unsubscribe", "WithdrawRequest", "WriteMessage",
    ];

    [Fact]
    public async Task Routes_ThatAreNotForEverybody_AreThoseOfThePageWithItsRoles()
    {
        var routes = (await HttpFunctionsAsync())
            .Where(function => !RouteAccess.Of(function.EntryPoint).IsForEverybody)
            .SelectMany(function => function.Routes.Select(route => $"{route} {RouteAccess.Of(function.EntryPoint).Roles.Words()}"));

        Assert.Equal(RolesPage.Routes.Select(row => $"{row.Key} {row.Value.Words()}").Order(), routes.Order());
        Assert.All(RolesPage.Routes.Values, roles => Assert.NotEqual(CallerRole.None, roles));
    }

    [Fact]
    public async Task Routes_ForEverybody_AreThoseThatAreMeantToBe() => Assert.Equal(
        ForEverybody.Order(),
        (await HttpFunctionsAsync()).Where(function => RouteAccess.Of(function.EntryPoint).IsForEverybody)
            .Select(function => function.Name).Order());

    [Fact]
    public async Task Routes_LeaveWhoMayCallThemToUs() =>
        Assert.All(await HttpFunctionsAsync(), function => Assert.Equal("Anonymous", function.Level));

    [Theory]
    [InlineData("PrivacyFunctions.Cases.Operators.ShowCase.Nothing")]
    [InlineData("PrivacyFunctions.Nobody.RunAsync")]
    [InlineData("RunAsync")]
    [InlineData("")]
    public void EntryPoint_ThatIsNotFound_AdmitsNobody(string entryPoint) =>
        Assert.Equal(new(false, CallerRole.None), RouteAccess.Of(entryPoint));

    [Fact]
    public void Function_ThatSaysNothing_AdmitsNobody() => Assert.Equal(
        new(false, CallerRole.None), RouteAccess.Of($"{typeof(RedrivePending).FullName}.{nameof(RedrivePending.RunAsync)}"));

    [Fact]
    public void Page_HasAColumnForEachRole() => Assert.Equal(RolesPage.EachRole.Select(role => role.Words()), RolesPage.Columns);

    private static async Task<IReadOnlyList<(string Name, string EntryPoint, string Level, IEnumerable<string> Routes)>> HttpFunctionsAsync()
    {
        var functions = await new GeneratedFunctionMetadataProvider().GetFunctionMetadataAsync("");
        return
        [
            .. from function in functions
               from binding in function.RawBindings!
               let trigger = JsonDocument.Parse(binding).RootElement
               where trigger.GetProperty("type").GetString() == "httpTrigger"
               select (
                   function.Name!, function.EntryPoint!, trigger.GetProperty("authLevel").GetString()!,
                   trigger.GetProperty("methods").EnumerateArray()
                       .Select(method => $"{method.GetString()!.ToUpperInvariant()} /{trigger.GetProperty("route").GetString()}")),
        ];
    }
}
