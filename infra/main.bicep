metadata description = 'PrivacyFunctions in Azure: the app and its storage, the records apart from it, a vault, telemetry.'

targetScope = 'subscription'

@description('Names this installation; azd gives the name of its environment.')
@minLength(1)
@maxLength(32)
param environmentName string

@description('The Azure region, in the European Economic Area, as the data map promises, and with Flex Consumption.')
@allowed([
  'francecentral'
  'germanywestcentral'
  'italynorth'
  'northeurope'
  'norwayeast'
  'polandcentral'
  'spaincentral'
  'swedencentral'
  'westeurope'
])
@metadata({
  azd: {
    type: 'location'
  }
})
param location string

@description('Mail:From, the sender\'s address. SendGrid must have verified it or its domain.')
param mailFrom string

@description('Mail:FromName, the sender\'s name.')
param mailFromName string

@description('Site:BaseUrl, the public https address that mailed links start with. Empty: the app\'s own address.')
param baseUrl string = ''

@description('Privacy:Pepper, 32 random bytes as base64. The first deployment stores it; later ones neither need nor change it.')
@secure()
param pepper string?

@description('Mail:SendGrid:ApiKey. A deployment that brings one stores it, and it stays until another comes.')
@secure()
param sendGridApiKey string?

@description('One of the company\'s systems whose data lies in a storage account of its own.')
type companySystem = {
  @description('The id of the system in the data map.')
  system: string

  @description('The storage account of its tables and blobs.')
  storageAccount: string

  @description('The resource group of that account.')
  resourceGroup: string

  @description('The subscription of that account, if it is another one.')
  subscriptionId: string?
}

@description('Systems with storage of their own: the app is let in there. The data of others is sought beside the records.')
param sources companySystem[] = []

@description('Further app settings, named as local.settings.sample.json names them, such as Policy__ExportDays.')
param furtherSettings object = {}

@description('How storage is replicated. Both kinds stay in the region.')
@allowed(['Standard_LRS', 'Standard_ZRS'])
param storageSku string = 'Standard_ZRS'

@description('Days that telemetry is kept.')
@minValue(30)
@maxValue(90)
param telemetryDays int = 30

@description('How many instances of the app there may be at most.')
@minValue(40)
@maxValue(1000)
param maximumInstances int = 40

@description('Memory of one instance, MB.')
@allowed([2048, 4096])
param instanceMemoryMB int = 2048

@description('Instances that always listen for durable work. With 0, what is due may start late while nobody uses the app.')
@minValue(0)
@maxValue(20)
param alwaysReadyForDurable int = 1

var token = toLower(uniqueString(subscription().id, environmentName, location))
var appName = 'func-privacy-${token}'
var deploymentContainer = 'deployments'
var tags = {
  'azd-env-name': environmentName
}

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: {
    name: 'id-privacy-${token}'
    location: location
    tags: tags
  }
}

// The host's account: keys, leases, the durable task hub (ids only) and the releases.
module hostStorage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: 'sthost${token}'
    location: location
    tags: tags
    sku: storageSku
    containers: [deploymentContainer]
  }
}

// The records, apart from it: who may look after the host sees no case.
module recordStorage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: 'strecords${token}'
    location: location
    tags: tags
    sku: storageSku
  }
}

module hostAccess 'modules/storage-access.bicep' = {
  scope: group
  params: {
    accountName: hostStorage.outputs.name
    principalId: identity.outputs.principalId
    roles: ['Storage Blob Data Owner', 'Storage Queue Data Contributor', 'Storage Table Data Contributor']
  }
}

module recordAccess 'modules/storage-access.bicep' = {
  scope: group
  params: {
    accountName: recordStorage.outputs.name
    principalId: identity.outputs.principalId
    roles: ['Storage Blob Data Contributor', 'Storage Table Data Contributor']
  }
}

module sourceAccess 'modules/storage-access.bicep' = [
  for source in sources: {
    scope: resourceGroup(source.?subscriptionId ?? subscription().subscriptionId, source.resourceGroup)
    params: {
      accountName: source.storageAccount
      principalId: identity.outputs.principalId
      roles: ['Storage Blob Data Contributor', 'Storage Table Data Contributor']
    }
  }
]

module keyVault 'modules/key-vault.bicep' = {
  scope: group
  params: {
    name: 'kv-${token}'
    location: location
    tags: tags
    readerPrincipalId: identity.outputs.principalId
    pepper: pepper
    sendGridApiKey: sendGridApiKey
  }
}

module workspace 'modules/log-analytics.bicep' = {
  scope: group
  params: {
    name: 'log-privacy-${token}'
    location: location
    tags: tags
    retentionDays: telemetryDays
  }
}

module telemetry 'modules/application-insights.bicep' = {
  scope: group
  params: {
    name: 'appi-privacy-${token}'
    location: location
    tags: tags
    workspaceId: workspace.outputs.id
    writerPrincipalId: identity.outputs.principalId
  }
}

module plan 'modules/plan.bicep' = {
  scope: group
  params: {
    name: 'plan-privacy-${token}'
    location: location
    tags: tags
  }
}

var ownSettings = {
  Mail__From: mailFrom
  Mail__FromName: mailFromName
  Mail__SendGrid__ApiKey: keyVault.outputs.sendGridReference
  Privacy__Pepper: keyVault.outputs.pepperReference
  Privacy__PepperVersion: '1'
  Records__Storage: 'https://${recordStorage.outputs.name}.blob.${environment().suffixes.storage}'
  Site__BaseUrl: empty(baseUrl) ? 'https://${appName}.azurewebsites.net' : baseUrl
}

var sourceSettings = toObject(
  sources,
  source => 'Sources__${source.system}__Storage',
  source => 'https://${source.storageAccount}.blob.${environment().suffixes.storage}'
)

module app 'modules/function-app.bicep' = {
  scope: group
  params: {
    name: appName
    location: location
    tags: union(tags, { 'azd-service-name': 'privacy' })
    planId: plan.outputs.id
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    hostStorageName: hostStorage.outputs.name
    deploymentContainerUrl: '${hostStorage.outputs.blobEndpoint}${deploymentContainer}'
    telemetryConnectionString: telemetry.outputs.connectionString
    appSettings: union(furtherSettings, sourceSettings, ownSettings)
    maximumInstances: maximumInstances
    instanceMemoryMB: instanceMemoryMB
    alwaysReadyForDurable: alwaysReadyForDurable
  }
  // The app starts when it is there, so its roles are there before it.
  dependsOn: [hostAccess, recordAccess, sourceAccess]
}

output AZURE_LOCATION string = location
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_TENANT_ID string = tenant().tenantId
output AZURE_FUNCTION_APP_NAME string = app.outputs.name
output AZURE_FUNCTION_APP_URL string = app.outputs.url
output AZURE_KEY_VAULT_NAME string = keyVault.outputs.name
output AZURE_RECORDS_STORAGE_NAME string = recordStorage.outputs.name
