using Microsoft.Extensions.DependencyInjection;
using PrivacyFunctions.Exports;

namespace PrivacyFunctions.Requests.Packages;

/// <summary>Registers what all packages are made by.</summary>
internal static class PackagesRegistration
{
    public static IServiceCollection AddPackages(this IServiceCollection services) => services
        .AddSingleton<PackagedRights>().AddSingleton<GatheredParts>().AddSingleton<KeyedRecords>()
        .AddSingleton<PackagePages>().AddSingleton<IExportRights, PackageRights>();
}
