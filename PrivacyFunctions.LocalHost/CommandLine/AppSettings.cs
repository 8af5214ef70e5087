using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.LocalHost.CommandLine;

/// <summary>The app settings that a Functions host would get from the cloud, made for this machine.</summary>
internal static class AppSettings
{
    public static IReadOnlyDictionary<string, string?> For(
        DataFolder data, string storage, LocalLinks links) => new Dictionary<string, string?>
    {
        ["Records:Storage"] = storage,
        ["Mail:SendGrid:Host"] = links.Desk,
        ["Mail:SendGrid:ApiKey"] = "local", // the outbox takes any
        ["Mail:From"] = "privacy@privacyfunctions.example",
        ["Site:BaseUrl"] = links.Site,
        ["Privacy:Pepper"] = data.Pepper,
        ["Privacy:PepperVersion"] = "1",
        ["SignIn:Issuer"] = SampleSignIn.Issuer,
        ["SignIn:Audience"] = SampleSignIn.Audience,
        ["SignIn:Keys"] = SampleSignIn.PublicSet(data.SignInKey),
        ["Policy:SecondPerson"] = "false", // there is one operator
        ["Policy:Pace"] = "1", // the local host moves its clock instead
    };
}
