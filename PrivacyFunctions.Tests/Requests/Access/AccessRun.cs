using PrivacyFunctions.Requests.Access;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Tests.Requests.Packages;

namespace PrivacyFunctions.Tests.Requests.Access;

/// <summary>An access request on the real engine.</summary>
internal static class AccessRun
{
    public const string Version = "access-v2";

    /// <param name="early">By how much some timers fire before their instant.</param>
    public static Task<PackagedRun> StartAsync(TimeSpan early = default) => PackagedRun.StartAsync(
        AccessRequest.New, nameof(RunAccessRequest), RunAccessRequest.RunAsync, early);
}
