/** The images that Docker Hub has under a name alone (docker-library/official-images, `library/`), those that are gone among them. */
const official = new Set(
  `adminer aerospike almalinux alpine alt amazoncorretto amazonlinux api-firewall arangodb archlinux backdrop bash
  bonita buildpack-deps busybox caddy cassandra centos chronograf cirros clearlinux clefos clojure composer consul
  convertigo couchbase couchdb crate crux dart debian docker drupal eclipse-mosquitto eclipse-temurin eggdrop elasticsearch
  elixir emqx erlang express-gateway fedora flink fluentd friendica fsharp gazebo gcc geonetwork ghost golang gradle
  groovy haproxy haskell haxe hello-seattle hello-world hitch hola-mundo hylang ibmjava influxdb irssi jenkins jetty
  jobber joomla jruby julia kaazing-gateway kapacitor kibana known kong krakend lightstreamer liquibase logstash
  mageia mariadb matomo maven mediawiki memcached mongo mongo-express monica mono mysql nats nats-streaming
  neo4j neurodebian nextcloud nginx node notary nuxeo odoo open-liberty openjdk open-webui opensuse oraclelinux
  orientdb percona perl photon php php-zendserver phpmyadmin plone postfixadmin postgres power-server pypy python r-base
  rabbitmq rails rakudo-star rapidoid redis redmine registry rethinkdb rocket.chat rockylinux ros ruby rust
  sapmachine satosa scala scratch silverpeas sl solr sonarqube sourcemage spark spiped storm swarm swift swipl
  teamspeak telegraf thrift tomcat tomee traefik ubuntu ubuntu-debootstrap ubuntu-upstart unit valkey varnish vault
  websphere-liberty wordpress xwiki yourls znc zookeeper`.split(/\s+/),
)

/** Whether a name without a tag can only be that of a stage, or of an image that somebody has made here. */
export const isNoImageOfHub = (name: string): boolean => /^[\w.-]+$/.test(name) && !official.has(name.toLowerCase())
