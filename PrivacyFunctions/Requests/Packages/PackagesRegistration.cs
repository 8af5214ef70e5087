using Microsoft.Extensions.DependencyInjection;

namespace PrivacyFunctions.Requests.Packages;

/// <summary>Registers what all packages are made by.</summary>
internal static class PackagesRegistration
{
    public static IServiceCollection AddPackages(this IServiceCollection services) => services
        .AddSingleton<PackagedRights>().AddSingleton<GatheredParts>().AddSingleton<KeyedRecords>()
        .AddSingleton<PackagePages>();
}
